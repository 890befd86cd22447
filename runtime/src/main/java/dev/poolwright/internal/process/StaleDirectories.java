package dev.poolwright.internal.process;

import dev.poolwright.internal.life.Guard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
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

  private static final String PRIVATE = "rwx------";

  private StaleDirectories() {}

  /**
   * Removes those beside a directory that belong to the same user, to him alone, whose process is
   * gone, and which nobody touched for an hour before. What cannot be removed stays.
   *
   * @param own the private directory of a pool, just made: the clock is that of the file system
   */
  static void removeBeside(Path own) {
    Path folder = own.getParent();
    if (folder == null) {
      return;
    }
    try (Stream<Path> all = Files.list(folder)) {
      for (Path each : all.filter(StaleDirectories::isOfDeadProcess).toList()) {
        if (isMine(each, own)) {
          WorkerDirectory.removeTree(each);
        }
      }
    } catch (UnsupportedOperationException e) {
      // No owners on this system: nothing is removed.
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

  /** Nobody else can have put anything, such as a link, into a directory of which this is true. */
  private static boolean isMine(Path path, Path own) throws IOException {
    PosixFileAttributes found = attributes(path);
    PosixFileAttributes ours = attributes(own);
    return found.isDirectory()
        && found.owner().equals(ours.owner())
        && PosixFilePermissions.toString(found.permissions()).equals(PRIVATE)
        && found
            .lastModifiedTime()
            .toInstant()
            .isBefore(ours.lastModifiedTime().toInstant().minus(UNTOUCHED));
  }

  private static PosixFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }
}
