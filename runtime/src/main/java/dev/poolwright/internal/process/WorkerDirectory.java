package dev.poolwright.internal.process;

import dev.poolwright.internal.life.Guard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The private directory of one pool: sockets, argument files and run words of its worker JVMs, each
 * only as long as a start takes. Made by the first start, readable by this user alone.
 *
 * <p><b>Threads:</b> thread-safe.
 */
final class WorkerDirectory {
  /**
   * In a worker JVM, the directory of the pool that it belongs to: those of its own pools are made
   * in there, so that they are removed with it when the worker is killed.
   */
  static final String OUTER_PROPERTY = "poolwright.directory";

  /** What the names begin with; the id of the parent follows. */
  static final String PREFIX = "poolwright";

  /** A Unix socket's path has about 108 bytes; the names of directory and file need 40 of them. */
  private static final int MAX_PATH_BYTES = 58;

  private @Nullable Path directory; // Guarded by this.
  private boolean closed; // Guarded by this.

  synchronized Path get() throws IOException {
    if (closed) {
      throw new IOException("the pool is closed");
    }
    if (directory == null || !Files.isDirectory(directory)) {
      directory = create();
    }
    return directory;
  }

  private static Path create() throws IOException {
    Path base = Path.of(System.getProperty("java.io.tmpdir"));
    Path shortBase = Path.of("/tmp");
    String outer = System.getProperty(OUTER_PROPERTY);
    if (outer != null && isShort(outer) && Files.isDirectory(Path.of(outer))) {
      base = Path.of(outer);
    }
    if (!isShort(base.toAbsolutePath().toString()) && Files.isWritable(shortBase)) {
      base = shortBase;
    }
    FileAttribute<?>[] privately =
        base.getFileSystem().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
            }
            : new FileAttribute<?>[0];
    while (true) {
      try {
        return Files.createDirectory(base.resolve(newName()), privately).toAbsolutePath();
      } catch (FileAlreadyExistsException e) {
        // Somebody was faster, or wants to be: another name.
      }
    }
  }

  /**
   * A name that hardly anybody has taken. It need not be secret, since a directory that exists is
   * never used; and the JDK's own random names cost a fresh JVM 20 ms.
   */
  private static String newName() {
    return PREFIX
        + ProcessHandle.current().pid()
        + "-"
        + Long.toUnsignedString(System.nanoTime(), 36);
  }

  private static boolean isShort(String path) {
    return path.getBytes(StandardCharsets.UTF_8).length <= MAX_PATH_BYTES;
  }

  /** Removes what parents that were killed left beside it, if there is one. */
  void tidyUp() {
    Path mine;
    synchronized (this) {
      mine = directory;
    }
    if (mine != null) {
      StaleDirectories.removeBeside(mine);
    }
  }

  /** Removes everything. A second call does nothing. */
  synchronized void close() {
    closed = true;
    Path mine = directory;
    directory = null;
    if (mine == null) {
      return;
    }
    try {
      removeTree(mine);
    } catch (IOException | UncheckedIOException e) {
      Guard.log(System.Logger.Level.DEBUG, "cannot remove " + mine, e);
    }
  }

  static void removeTree(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
          removeTree(file);
        } else {
          Files.deleteIfExists(file);
        }
      }
    }
    Files.deleteIfExists(directory);
  }

  /** Removes files of one worker. */
  static void remove(List<Path> files) {
    for (Path file : files) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // Removed with the directory.
      }
    }
  }
}
