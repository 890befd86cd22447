package dev.poolwright.processor;

import static com.google.testing.compile.Compiler.javac;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;
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

  static Compiled with(List<String> options, String... sources) {
    return new Compiled(
        javac()
            .withOptions(options)
            .withProcessors(new AsyncProcessor())
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

  /** Loads what was compiled. */
  ClassLoader load() {
    Map<String, byte[]> classes = new HashMap<>();
    for (JavaFileObject file : compilation.generatedFiles()) {
      if (file.getKind() == Kind.CLASS) {
        String name = file.getName().replaceFirst("^/?CLASS_OUTPUT/", "");
        classes.put(name.replaceFirst("\\.class$", "").replace('/', '.'), bytes(file));
      }
    }
    return new Loader(classes);
  }

  private static byte[] bytes(JavaFileObject file) {
    try (InputStream in = file.openInputStream()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Calls the static method {@code run} of a compiled class, which uses its proxies. */
  Object run(String type, Object... arguments) throws Exception {
    return Arrays.stream(load().loadClass(type).getDeclaredMethods())
        .filter(method -> method.getName().equals("run"))
        .findFirst()
        .orElseThrow()
        .invoke(null, arguments);
  }

  /** Defines classes from memory. */
  private static final class Loader extends ClassLoader {
    private final Map<String, byte[]> classes;

    Loader(Map<String, byte[]> classes) {
      super(Compiled.class.getClassLoader());
      this.classes = classes;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] code = classes.get(name);
      if (code == null) {
        throw new ClassNotFoundException(name + " is none of " + new ArrayList<>(classes.keySet()));
      }
      return defineClass(name, code, 0, code.length);
    }
  }
}
