package dev.poolwright.internal.process.jvm;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.poolwright.internal.life.Guard;
import dev.poolwright.internal.wire.PrivateDirectory;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The private directory of one pool: sockets, argument files and run words of its worker JVMs, each
 * only as long as a start takes, and reports of those that crash. Made by the first start, readable
 * by this user alone, looked at each time it is used: one that has vanished is never used again,
 * whatever has its name now.
 *
 * <p><b>Shape:</b> in {@code XDG_RUNTIME_DIR} where that is this user's and has room, else in the
 * temp folder. Large files have one of their own in the temp folder, since the other lies in
 * memory.
 *
 * <p><b>Threads:</b> thread-safe.
 */
public final class WorkerDirectory {
  /** What the names begin with; the id of the parent follows. */
  static final String PREFIX = "poolwright";

  /** A Unix socket's path has about 108 bytes; the names of directory and file need 40 of them. */
  private static final int MAX_PATH_BYTES = 58;

  private static final long LEAST_FREE_BYTES = 16 << 20;

  /** 36 to the power of 8. */
  private static final long NAMES = 2_821_109_907_456L;

  private final @Nullable String runtimeFolder;

  @GuardedBy("this")
  private @Nullable PrivateDirectory directory;

  @GuardedBy("this")
  private @Nullable PrivateDirectory large;

  @GuardedBy("this")
  private boolean closed;

  public WorkerDirectory() {
    this(System.getenv("XDG_RUNTIME_DIR"));
  }

  /** One that may lie in a folder of this user's; null or empty for none. */
  public WorkerDirectory(@Nullable String runtimeFolder) {
    this.runtimeFolder = runtimeFolder;
  }

  /**
   * Where the files of starts are.
   *
   * @return ours at this moment
   * @throws IOException when it cannot be made, or the pool is closed
   */
  public synchronized PrivateDirectory get() throws IOException {
    PrivateDirectory there = there(directory, true);
    directory = there;
    return there;
  }

  /** The same for files that are too large for a folder that lies in memory. */
  public synchronized PrivateDirectory forLargeFiles() throws IOException {
    PrivateDirectory there = there(large, false);
    large = there;
    return there;
  }

  /** The one that is known, unless it has vanished. */
  @GuardedBy("this")
  private PrivateDirectory there(@Nullable PrivateDirectory known, boolean isForStarts)
      throws IOException {
    if (closed) {
      throw new IOException("the pool is closed");
    }
    return known != null && known.isThere() ? known : create(isForStarts);
  }

  private PrivateDirectory create(boolean isForStarts) throws IOException {
    String outer = System.getProperty(PrivateDirectory.OUTER_PROPERTY);
    PrivateDirectory around = outer == null ? null : PrivateDirectory.parse(outer);
    if (around != null && isForStarts && isShort(around.path()) && around.isThere()) {
      return createIn(around.path());
    }
    PrivateDirectory made = isForStarts ? createInRuntimeFolder() : null;
    if (made != null) {
      return made;
    }
    String temp = System.getProperty("java.io.tmpdir", "");
    if (temp.isEmpty()) {
      throw new IOException("the property java.io.tmpdir is not set; must be a folder");
    }
    Path base = Path.of(temp).toAbsolutePath();
    Path shortBase = Path.of("/tmp");
    return createIn(!isShort(base) && Files.isWritable(shortBase) ? shortBase : base);
  }

  /** Null when that is not this user's, or others get in, or it is nearly full. */
  private @Nullable PrivateDirectory createInRuntimeFolder() {
    if (runtimeFolder == null || runtimeFolder.isEmpty()) {
      return null;
    }
    try {
      PrivateDirectory folder = PrivateDirectory.at(Path.of(runtimeFolder).toAbsolutePath());
      if (!isShort(folder.path()) || folder.path().toFile().getUsableSpace() < LEAST_FREE_BYTES) {
        return null;
      }
      PrivateDirectory made = createIn(folder.path());
      if (made.hasOwnerOf(folder) && folder.isThere()) {
        return made;
      }
      made.remove(); // Root gets in everywhere.
    } catch (IOException | RuntimeException e) {
      // The temp folder is as good.
    }
    return null;
  }

  private static PrivateDirectory createIn(Path base) throws IOException {
    while (true) {
      try {
        String name = PREFIX + ProcessHandle.current().pid() + "-" + newName();
        return PrivateDirectory.create(base.resolve(name));
      } catch (FileAlreadyExistsException e) {
        // Somebody was faster, or wants to be: another name.
      }
    }
  }

  /**
   * A name that nobody can guess before it is used. Not by the JDK's own random numbers where the
   * system has some, since those cost a fresh JVM 20 ms.
   */
  public static String newName() {
    byte[] bytes = new byte[Long.BYTES];
    try (InputStream random = new FileInputStream("/dev/urandom")) {
      if (random.readNBytes(bytes, 0, bytes.length) < bytes.length) {
        throw new IOException("no random numbers");
      }
    } catch (IOException e) {
      new SecureRandom().nextBytes(bytes);
    }
    return Long.toString(Math.floorMod(ByteBuffer.wrap(bytes).getLong(), NAMES), 36);
  }

  private static boolean isShort(Path path) {
    return path.toString().getBytes(StandardCharsets.UTF_8).length <= MAX_PATH_BYTES;
  }

  private synchronized List<PrivateDirectory> all() {
    return Stream.concat(Stream.ofNullable(directory), Stream.ofNullable(large)).toList();
  }

  /** Removes what parents that were killed left beside it, if there is one. */
  public void tidyUp() {
    all().forEach(StaleDirectories::removeBeside);
  }

  /** Says that it is in use, to whoever removes what is old from shared folders. */
  public void touch() {
    for (PrivateDirectory each : all()) {
      try {
        each.touch();
      } catch (IOException e) {
        // It has vanished: the next start makes another.
      }
    }
  }

  /** Removes everything. A second call does nothing. */
  public void close() {
    List<PrivateDirectory> mine;
    synchronized (this) {
      closed = true;
      mine = all();
      directory = null;
      large = null;
    }
    for (PrivateDirectory each : mine) {
      try {
        each.remove();
      } catch (IOException | UncheckedIOException e) {
        Guard.log(System.Logger.Level.DEBUG, "cannot remove " + each.path(), e);
      }
    }
  }

  /** Removes files of one worker. */
  public static void remove(List<Path> files) {
    for (Path file : files) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // Removed with the directory.
      }
    }
  }
}
