package dev.poolwright.samples.jars;

import dev.poolwright.samples.Text;
import dev.poolwright.samples.WrongArgument;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Parameters;

/** Where a command looks for jars. */
final class JarFolder {
  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      description = "Where to look; the local Maven repository by default.")
  private Path directory = Path.of(System.getProperty("user.home", ""), ".m2", "repository");

  Path directory() {
    return directory;
  }

  /** All jars there; tells what cannot be read, and if there are none. */
  List<Path> jars(PrintWriter out) throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new WrongArgument("there is no folder " + directory);
    }
    List<Path> jars = new ArrayList<>();
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".jar")) {
              jars.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure) {
            out.printf("Not readable: %s%n", Text.line(file));
            return FileVisitResult.CONTINUE;
          }
        });
    if (jars.isEmpty()) {
      out.printf("There is no jar under %s; name another folder%n", Text.line(directory));
    }
    return jars.stream().sorted().toList();
  }
}
