package dev.poolwright.internal.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A directory of this user's alone, known by what it is and not by its name: others may remove an
 * empty one from a shared folder, and put their own or a link in its place.
 *
 * <p><b>Shape:</b> as text, its identity, a space, its path. Where the system has no numbers for
 * users and files, its identity is that it is a directory and no link.
 *
 * <p><b>Threads:</b> immutable.
 *
 * @param path absolute
 * @param identity device, file and user; empty where there are none
 */
public record PrivateDirectory(Path path, String identity) {
  /**
   * The property by which a worker JVM has the directory of the pool that it belongs to, as text.
   * Those of its own pools are made in there, so that they are removed with it when the worker is
   * killed.
   */
  public static final String OUTER_PROPERTY = "poolwright.directory";

  private static final boolean HAS_PERMISSIONS =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  private static final FileAttribute<?>[] OWNERS_DIRECTORY = permissions("rwx------");
  private static final FileAttribute<?>[] OWNERS_FILE = permissions("rw-------");
  private static final Set<OpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private static final int PERMISSION_BITS = 0777;
  private static final int PRIVATE = 0700;
  private static final int TYPE_BITS = 0170000;
  private static final int DIRECTORY = 0040000;

  /**
   * Makes one.
   *
   * @param path where nothing is
   * @return for this user alone
   * @throws java.nio.file.FileAlreadyExistsException when something is there
   * @throws IOException when it cannot be made
   */
  public static PrivateDirectory create(Path path) throws IOException {
    Path made = Files.createDirectory(path, OWNERS_DIRECTORY).toAbsolutePath();
    String identity = identityOf(made);
    if (identity == null) {
      Files.deleteIfExists(made);
      throw new IOException(
          made
              + " is open to others although it was made for its user alone: its file system has no"
              + " permissions; set java.io.tmpdir to a folder on one that has");
    }
    return new PrivateDirectory(made, identity);
  }

  private static FileAttribute<?>[] permissions(String text) {
    return HAS_PERMISSIONS
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))
        }
        : new FileAttribute<?>[0];
  }

  /**
   * What is there, if that is private.
   *
   * @param path of a directory
   * @return known by what it is now
   * @throws IOException when there is none, or a link, or others can get in
   */
  public static PrivateDirectory at(Path path) throws IOException {
    String found = identityOf(path);
    if (found == null) {
      throw new NotDirectoryException(path + " is not a directory of its user alone");
    }
    return new PrivateDirectory(path, found);
  }

  /**
   * Reads its text.
   *
   * @param text as {@link #toString} gives it
   * @return not looked at
   */
  public static PrivateDirectory parse(String text) {
    int space = text.indexOf(' ');
    return new PrivateDirectory(Path.of(text.substring(space + 1)), text.substring(0, space));
  }

  /** Null when it is no private directory. */
  private static @Nullable String identityOf(Path path) throws IOException {
    if (!HAS_PERMISSIONS) {
      boolean isDirectory = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
      return isDirectory ? "" : null;
    }
    Map<String, Object> found =
        Files.readAttributes(path, "unix:mode,dev,ino,uid", LinkOption.NOFOLLOW_LINKS);
    int mode = (int) Objects.requireNonNull(found.get("mode"));
    if ((mode & TYPE_BITS) != DIRECTORY || (mode & PERMISSION_BITS) != PRIVATE) {
      return null;
    }
    return found.get("dev") + ":" + found.get("ino") + ":" + found.get("uid");
  }

  /**
   * Whether another belongs to the same user.
   *
   * @param other any
   * @return false when that is not known
   */
  public boolean hasOwnerOf(PrivateDirectory other) {
    return !identity.isEmpty() && user().equals(other.user());
  }

  private String user() {
    return identity.substring(identity.lastIndexOf(':') + 1);
  }

  /**
   * Whether it is what its name leads to, and still private.
   *
   * @return false when it has vanished, whatever is there now
   */
  public boolean isThere() {
    try {
      return identity.equals(identityOf(path));
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Says that it is in use, to whoever clears folders of what is old.
   *
   * @throws IOException when it has vanished
   */
  public void touch() throws IOException {
    try (DirectoryStream<Path> stream = open()) {
      if (stream instanceof SecureDirectoryStream<Path> secure) {
        FileTime now = FileTime.from(Instant.now());
        view(secure).setTimes(now, now, null);
      }
    }
  }

  @SuppressWarnings("StreamResourceLeak") // Its callers close it.
  private DirectoryStream<Path> open() throws IOException {
    if (!isThere()) {
      throw new NoSuchFileException(path.toString(), null, "it has vanished");
    }
    DirectoryStream<Path> stream = Files.newDirectoryStream(path);
    boolean isThis = false;
    try {
      isThis = !(stream instanceof SecureDirectoryStream<Path> secure) || is(secure);
    } finally {
      if (!isThis) {
        stream.close();
      }
    }
    if (!isThis) {
      throw new NoSuchFileException(path.toString(), null, "it has vanished");
    }
    return stream;
  }

  private static BasicFileAttributeView view(SecureDirectoryStream<Path> stream) {
    return stream.getFileAttributeView(BasicFileAttributeView.class);
  }

  /** What was opened may be another than what was looked at. */
  private boolean is(SecureDirectoryStream<Path> stream) throws IOException {
    Object opened = view(stream).readAttributes().fileKey();
    Object named =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
    return Objects.equals(opened, named) && isThere();
  }

  /**
   * Removes it with all that is in it. Follows no link, and removes nothing of what has taken its
   * place.
   *
   * @throws IOException when it has vanished, or something in it cannot be removed
   */
  public void remove() throws IOException {
    try (DirectoryStream<Path> stream = open()) {
      if (stream instanceof SecureDirectoryStream<Path> secure) {
        empty(secure);
      } else {
        empty(stream);
      }
    }
    Files.deleteIfExists(path); // Follows no link, and removes no directory that is not empty.
  }

  private static void empty(SecureDirectoryStream<Path> directory) throws IOException {
    for (Path entry : directory) {
      try {
        delete(directory, entry.getFileName());
      } catch (NoSuchFileException e) {
        // Somebody else of this user removes it too.
      }
    }
  }

  private static void delete(SecureDirectoryStream<Path> directory, Path name) throws IOException {
    if (isDirectory(directory, name)) {
      try (SecureDirectoryStream<Path> inner =
          directory.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
        empty(inner);
      }
      directory.deleteDirectory(name);
    } else {
      directory.deleteFile(name);
    }
  }

  private static boolean isDirectory(SecureDirectoryStream<Path> directory, Path name)
      throws IOException {
    return directory
        .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .readAttributes()
        .isDirectory();
  }

  /** Where there are no streams relative to a directory: no other user can get in here. */
  private static void empty(DirectoryStream<Path> directory) throws IOException {
    for (Path entry : directory) {
      if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
        try (DirectoryStream<Path> inner = Files.newDirectoryStream(entry)) {
          empty(inner);
        }
      }
      Files.deleteIfExists(entry);
    }
  }

  /**
   * Writes a file that only this user can read.
   *
   * @param file where nothing is
   * @param bytes all that is in it
   * @throws java.nio.file.FileAlreadyExistsException when something is there
   * @throws IOException when there is no room for it, among others
   */
  public static void writeNew(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, NEW, OWNERS_FILE)) {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        channel.write(left);
      }
    }
  }

  @Override
  public String toString() {
    return identity + " " + path;
  }
}
