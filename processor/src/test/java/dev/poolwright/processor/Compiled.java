package dev.poolwright.processor;

import static com.google.testing.compile.Compiler.javac;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import javax.tools.StandardLocation;

/** What came out of one run of the compiler with the processors, under every warning there is. */
final class Compiled {

  private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
  private static final Pattern TYPE =
      Pattern.compile("(?m)^[\\w@()\", ]*\\b(class|interface|enum|record|@interface) (\\w+)");

  private final Compilation compilation;

  private Compiled(Compilation compilation) {
    this.compilation = compilation;
  }

  /** Compiles sources, each a whole file. */
  static Compiled of(String... sources) {
    return with(List.of("-Xlint:all,-processing"), sources);
  }

  /** Compiles with somebody else's processor beside ours. */
  static Compiled beside(Processor other, String... sources) {
    return new Compiled(
        javac()
            .withOptions("-Xlint:all,-processing")
            .withProcessors(new AsyncProcessor(), other, new PoolCatalogueProcessor())
            .compile(Arrays.stream(sources).map(Compiled::file).toList()));
  }

  static Compiled with(List<String> options, String... sources) {
    return new Compiled(
        javac()
            .withOptions(options)
            .withProcessors(new AsyncProcessor(), new PoolCatalogueProcessor())
            .compile(Arrays.stream(sources).map(Compiled::file).toList()));
  }

  static JavaFileObject file(String source) {
    if (source.startsWith("module ") || source.startsWith("open module ")) {
      return JavaFileObjects.forSourceString("module-info", source);
    }
    Matcher inPackage = PACKAGE.matcher(source);
    String prefix = inPackage.find() ? inPackage.group(1) + "." : "";
    Matcher type = TYPE.matcher(source);
    return JavaFileObjects.forSourceString(
        prefix + (type.find() ? type.group(2) : "package-info"), source);
  }

  /** That there is not one error or warning. */
  Compiled clean() {
    assertThat(messages()).isEmpty();
    return this;
  }

  /** Errors and warnings, as {@code "error Crawler.java:5:8 [AsyncTag] text"}. */
  List<String> messages() {
    return compilation.diagnostics().stream()
        .filter(each -> each.getKind() != Diagnostic.Kind.NOTE)
        .map(Compiled::message)
        .toList();
  }

  private static String message(Diagnostic<? extends JavaFileObject> diagnostic) {
    String name = diagnostic.getSource() == null ? "" : diagnostic.getSource().getName();
    return diagnostic.getKind().name().toLowerCase(Locale.ROOT).replace("mandatory_", "")
        + " "
        + name.substring(name.lastIndexOf('/') + 1)
        + (diagnostic.getSource() == null
            ? ""
            : ":" + diagnostic.getLineNumber() + ":" + diagnostic.getColumnNumber())
        + " "
        + diagnostic.getMessage(Locale.ROOT);
  }

  /** The text of a generated source. */
  String source(String type) {
    return compilation
        .generatedFile(StandardLocation.SOURCE_OUTPUT, type.replace('.', '/') + ".java")
        .map(Compiled::text)
        .orElseThrow(() -> new AssertionError("no " + type + " in " + names()));
  }

  private String names() {
    return compilation.generatedFiles().stream().map(JavaFileObject::getName).collect(joining(" "));
  }

  List<JavaFileObject> generatedSources() {
    return compilation.generatedSourceFiles();
  }

  private static String text(JavaFileObject file) {
    try {
      return file.getCharContent(false).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes what was compiled below a directory. */
  Compiled writeTo(Path directory) {
    for (JavaFileObject file : compilation.generatedFiles()) {
      if (file.getName().contains("CLASS_OUTPUT/")) {
        write(file, directory.resolve(file.getName().replaceFirst("^/?CLASS_OUTPUT/", "")));
      }
    }
    return this;
  }

  private static void write(JavaFileObject file, Path to) {
    try (InputStream in = file.openInputStream()) {
      Files.createDirectories(to.getParent());
      Files.copy(in, to);
    } catch (FileNotFoundException e) {
      return; // looked for by the processor, and never written
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Calls the static method {@code run} of a compiled class, which uses its proxies. */
  Object run(String type, Object... arguments) throws Exception {
    Path classes = Files.createTempDirectory("compiled");
    writeTo(classes);
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {classes.toUri().toURL()}, Compiled.class.getClassLoader())) {
      Method run =
          Arrays.stream(loader.loadClass(type).getDeclaredMethods())
              .filter(method -> method.getName().equals("run"))
              .findFirst()
              .orElseThrow();
      run.setAccessible(true);
      return run.invoke(null, arguments);
    } finally {
      delete(classes);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
