package dev.poolwright.samples;

import static java.util.stream.Collectors.joining;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Where things are in this checkout. */
final class Repository {

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

  /** A source of this module, of an integration or of an example, written or generated. */
  static Path source(String end) throws IOException {
    for (Path directory :
        List.of(
            root().resolve("samples/src"),
            root().resolve("integrations"),
            root().resolve("examples"),
            generated())) {
      try (Stream<Path> files = Files.walk(directory)) {
        List<Path> found =
            files.filter(file -> file.endsWith(end) && !file.toString().contains("stubs")).toList();
        if (found.size() == 1) {
          return found.get(0);
        }
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
