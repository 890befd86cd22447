package dev.poolwright.internal.process.jvm;

import dev.poolwright.internal.life.Guard;
import dev.poolwright.internal.wire.PrivateDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * Private directories that nobody could remove: of a parent that was killed while it had no worker
 * JVM, or together with all of them.
 */
final class StaleDirectories {
  /**
   * A process that cannot be seen from here may live all the same, in another container with the
   * same folder; so what was touched lately stays.
   */
  private static final Duration UNTOUCHED = Duration.ofHours(1);

  private StaleDirectories() {}

  /**
   * Removes those beside a directory that belong to the same user, to him alone, whose process is
   * gone, and which nobody touched for an hour before. What cannot be removed stays.
   *
   * @param own the private directory of a pool, just made: the clock is that of the file system
   */
  static void removeBeside(PrivateDirectory own) {
    Path folder = own.path().getParent();
    if (folder == null) {
      return;
    }
    try (Stream<Path> all = Files.list(folder)) {
      for (Path each : all.filter(StaleDirectories::isOfDeadProcess).toList()) {
        removeIfMine(each, own);
      }
    } catch (IOException | UncheckedIOException e) {
      Guard.log(System.Logger.Level.DEBUG, "cannot tidy up " + folder, e);
    }
  }

  private static boolean isOfDeadProcess(Path path) {
    String name = String.valueOf(path.getFileName());
    int dash = name.indexOf('-');
    if (!name.startsWith(WorkerDirectory.PREFIX) || dash < 0) {
      return false;
    }
    try {
      long pid = Long.parseLong(name.substring(WorkerDirectory.PREFIX.length(), dash));
      return ProcessHandle.of(pid).isEmpty();
    } catch (NumberFormatException e) {
      return false; // Not one of ours.
    }
  }

  private static void removeIfMine(Path path, PrivateDirectory own) {
    try {
      PrivateDirectory found = PrivateDirectory.at(path);
      if (found.hasOwnerOf(own) && touched(path).isBefore(touched(own.path()).minus(UNTOUCHED))) {
        found.remove();
      }
    } catch (IOException e) {
      // Others can get in, or somebody else removes it: it stays.
    }
  }

  private static Instant touched(Path path) throws IOException {
    return Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant();
  }
}
