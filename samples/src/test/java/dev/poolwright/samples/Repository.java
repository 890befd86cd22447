package dev.poolwright.samples;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  /** A source of this module or of an integration, written or generated. */
  static Path source(String end) throws IOException {
    for (Path directory :
        List.of(root().resolve("samples/src"), root().resolve("integrations"), generated())) {
      try (Stream<Path> files = Files.walk(directory)) {
        List<Path> found =
            files.filter(file -> file.endsWith(end) && !file.toString().contains("stubs")).toList();
        if (found.size() == 1) {
          return found.get(0);
        }
      }
    }
    throw new AssertionError(end + " is not exactly one source of samples or integrations");
  }

  /** What the processor wrote for the tests. */
  private static Path generated() {
    try {
      var classes = Repository.class.getProtectionDomain().getCodeSource().getLocation();
      return Path.of(classes.toURI()).resolveSibling("generated-test-sources");
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
