package dev.poolwright.samples;

import static java.util.stream.Collectors.joining;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Where things are in this checkout. */
final class Repository {
  private static final Set<String> UNREAD = Set.of("target", ".git", "node_modules", "golden");

  private Repository() {}

  /** The directory that has the README. */
  static Path root() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.exists(directory.resolve("README.md"))) {
      directory = directory.getParent();
    }
    return directory;
  }

  /**
   * The README and what is in docs, less the diagnostics, whose code the processor's tests compile.
   */
  static Stream<Path> documents() throws IOException {
    try (Stream<Path> docs = Files.walk(root().resolve("docs"))) {
      List<Path> files =
          docs.filter(file -> file.toString().endsWith(".md"))
              .filter(file -> !file.endsWith("diagnostics.md"))
              .sorted()
              .toList();
      return Stream.concat(Stream.of(root().resolve("README.md")), files.stream());
    }
  }

  /**
   * What is written by hand below a folder, less golden files. Other modules are built at the same
   * time: what their builds write comes and goes.
   */
  static List<Path> files(Path directory) throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return UNREAD.contains(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            files.add(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (!UNREAD.contains(file.getFileName().toString())) {
              throw failure;
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  /** The sources whose Javadoc users read. */
  static List<Path> published() throws IOException {
    return javaBelow(Stream.of("annotations", "runtime", "console", "integrations"), "/src/main/");
  }

  /** The sources that nobody but this project sees. */
  static List<Path> internal() throws IOException {
    List<Path> sources = javaBelow(Stream.of("runtime"), "/src/main/java/dev/poolwright/internal/");
    sources.addAll(javaBelow(Stream.of("processor"), "/src/main/"));
    return sources;
  }

  /** The sources that Javadoc takes its examples from: written by hand, or generated. */
  static List<Path> compiled() throws IOException {
    List<Path> sources = javaBelow(Stream.of("samples", "integrations", "examples"), "/src/");
    sources.addAll(files(generated()));
    return sources;
  }

  private static List<Path> javaBelow(Stream<String> directories, String part) throws IOException {
    List<Path> sources = new ArrayList<>();
    for (Path directory : directories.map(root()::resolve).toList()) {
      sources.addAll(files(directory));
    }
    sources.removeIf(file -> !file.toString().endsWith(".java") || !file.toString().contains(part));
    return sources;
  }

  /** A source of this module, of an integration or of an example, written or generated. */
  static Path source(String end) throws IOException {
    for (Path directory :
        List.of(
            root().resolve("samples/src"),
            root().resolve("integrations"),
            root().resolve("examples"),
            generated())) {
      List<Path> found =
          files(directory).stream()
              .filter(file -> file.endsWith(end) && !file.toString().contains("stubs"))
              .toList();
      if (found.size() == 1) {
        return found.get(0);
      }
    }
    throw new AssertionError(
        end + " is not exactly one source of samples, integrations or examples");
  }

  /** What the processor wrote for the tests. */
  private static Path generated() {
    return classesWith(Repository.class).resolveSibling("generated-test-sources");
  }

  private static Path classesWith(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** The class path of this test, without the part that has a class. */
  static String classPathWithout(Class<?> type) {
    Path part = classesWith(type);
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(each -> !Path.of(each).equals(part))
        .collect(joining(File.pathSeparator));
  }
}
