package dev.poolwright.internal.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
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
  /** A Unix socket's path has about 108 bytes; the file's own name needs some. */
  private static final int MAX_PATH = 80;

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
    if (base.toAbsolutePath().toString().length() > MAX_PATH && Files.isWritable(shortBase)) {
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
    return "poolwright"
        + Long.toString(ProcessHandle.current().pid(), 36)
        + Long.toUnsignedString(System.nanoTime(), 36);
  }

  /** Removes everything. A second call does nothing. */
  synchronized void close() {
    closed = true;
    Path mine = directory;
    directory = null;
    if (mine == null) {
      return;
    }
    try (Stream<Path> files = Files.list(mine)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(mine);
    } catch (IOException | UncheckedIOException e) {
      System.getLogger("dev.poolwright").log(System.Logger.Level.DEBUG, "cannot remove " + mine, e);
    }
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
