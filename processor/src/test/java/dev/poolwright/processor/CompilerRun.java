package dev.poolwright.processor;

import static java.util.stream.Collectors.joining;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import javax.tools.JavaCompiler.CompilationTask;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles sources given as text with the compiler of this JDK, and keeps what it says. */
final class CompilerRun {

  /** Stands in a source right before the place where a message is expected. */
  static final String MARK = "/*!*/";

  private static final Pattern PACKAGE = Pattern.compile("(?m)^\\s*package\\s+([\\w.]+)\\s*;");
  private static final Pattern TYPE =
      Pattern.compile("(?m)^(?:[\\w@(),\"= ]*\\s)?@?(?:class|interface|record|enum)\\s+(\\w+)");

  private static final List<String> USED =
      List.of("annotations", "runtime", "jspecify", "inject", "guice", "guava", "aop");

  /** What users have on their class path; a short one saves time. */
  private static final String CLASS_PATH =
      Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
          .filter(part -> USED.stream().anyMatch(part::contains))
          .filter(part -> !part.contains("auto-"))
          .collect(joining(File.pathSeparator));

  /** The parts of the class path that a module of a user needs. */
  static final String MODULES =
      Arrays.stream(CLASS_PATH.split(File.pathSeparator))
          .filter(part -> !part.contains("guava") && !part.contains("aop"))
          .collect(joining(File.pathSeparator));

  /** Keeps the jars of the class path open; not for runs that look elsewhere. */
  private static final JavaFileManager FILES =
      ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, Locale.ROOT, null);

  private final Map<String, String> sources = new TreeMap<>();
  private final List<String> options = new ArrayList<>();
  private final Path output;
  private String classPath = CLASS_PATH;

  /** One message of the compiler, as users see it. */
  record Message(Diagnostic.Kind kind, String file, long line, long column, String text) {
    boolean has(String tag) {
      return text.contains("[" + tag + "]");
    }
  }

  /** What the compiler said, and whether it succeeded. */
  record Outcome(boolean isSuccess, List<Message> messages, String log) {
    List<Message> tagged() {
      return messages.stream().filter(message -> message.text().startsWith("[")).toList();
    }

    List<Message> of(String tag) {
      return messages.stream().filter(message -> message.has(tag)).toList();
    }
  }

  CompilerRun(Path output) {
    this.output = output;
  }

  /** Adds a compilation unit; its file name follows from its first type. */
  CompilerRun source(String text) {
    sources.put(fileOf(text), text);
    return this;
  }

  /** Adds a compilation unit in a file of this name. */
  CompilerRun source(String file, String text) {
    sources.put(file, text);
    return this;
  }

  CompilerRun options(String... more) {
    options.addAll(List.of(more));
    return this;
  }

  CompilerRun classPath(Path... parts) {
    for (Path part : parts) {
      classPath = part + File.pathSeparator + classPath;
    }
    return this;
  }

  static String fileOf(String text) {
    Matcher scope = PACKAGE.matcher(text);
    String folder = scope.find() ? scope.group(1).replace('.', '/') + "/" : "";
    if (text.startsWith("module ")) {
      return "module-info.java";
    }
    Matcher type = TYPE.matcher(text);
    return folder + (type.find() ? type.group(1) : "package-info") + ".java";
  }

  /** Line and column behind the n-th mark of a source, both from 1. */
  static long[] markIn(String text, int n) {
    int at = -1;
    for (int i = 0; i <= n; i++) {
      at = text.indexOf(MARK, at + 1);
    }
    int end = at + MARK.length();
    long line = text.substring(0, end).chars().filter(c -> c == '\n').count() + 1;
    return new long[] {line, end - text.lastIndexOf('\n', end - 1)};
  }

  /** Compiles with the processors, or with these in their place. */
  Outcome run(Processor... processors) {
    List<Message> messages = new ArrayList<>(); // texts at once: javac may fail to make them later
    var log = new StringWriter();
    List<String> arguments = new ArrayList<>(List.of("-d", output.toString(), "-implicit:none"));
    boolean isModular = options.contains("--module-path");
    if (!isModular) {
      arguments.addAll(List.of("-classpath", classPath));
    }
    boolean isFound = options.stream().anyMatch(each -> each.startsWith("-Xplugin"));
    if (isFound) { // as services are
      arguments.addAll(List.of("-processorpath", System.getProperty("java.class.path")));
    }
    arguments.addAll(options);
    List<JavaFileObject> units = new ArrayList<>();
    sources.forEach((file, text) -> units.add(new Source(file, text)));
    try {
      Files.createDirectories(output);
      CompilationTask task =
          ToolProvider.getSystemJavaCompiler()
              .getTask(
                  log,
                  isFound || isModular || !classPath.equals(CLASS_PATH) ? null : FILES,
                  said -> messages.add(message(said)),
                  arguments,
                  null,
                  units);
      if (!isFound && !options.contains("-proc:none")) {
        task.setProcessors(
            processors.length > 0
                ? List.of(processors)
                : List.of(new AsyncProcessor(), new PoolCatalogueProcessor()));
      }
      boolean isSuccess = task.call();
      return new Outcome(isSuccess, List.copyOf(messages), log.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Message message(Diagnostic<? extends JavaFileObject> said) {
    String file = said.getSource() == null ? "" : said.getSource().getName();
    return new Message(
        said.getKind(),
        file.startsWith("/") ? file.substring(1) : file,
        said.getLineNumber(),
        said.getColumnNumber(),
        said.getMessage(Locale.ROOT).lines().collect(joining("\n")));
  }

  /** A source in memory. */
  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String file, String text) {
      super(URI.create("string:///" + file), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
  }
}
