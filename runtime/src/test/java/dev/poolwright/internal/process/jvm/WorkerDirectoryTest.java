package dev.poolwright.internal.process.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.poolwright.internal.wire.PrivateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The private directory, when somebody removes it and puts something else in its place. */
@Timeout(60)
class WorkerDirectoryTest {

  static final int NOBODY = 65_534;

  @TempDir Path temp;
  private Path precious;
  private String before;
  private WorkerDirectory directory;

  @BeforeEach
  void prepare() throws IOException {
    assumeTrue(temp.getFileSystem().supportedFileAttributeViews().contains("posix"));
    before = System.getProperty("java.io.tmpdir");
    Path shared = Files.createDirectory(temp.resolve("shared"));
    System.setProperty("java.io.tmpdir", shared.toString());
    Path home = Files.createDirectory(temp.resolve("home"));
    precious = Files.writeString(home.resolve("precious"), "work of years");
    directory = new WorkerDirectory(null);
  }

  @AfterEach
  void putBack() {
    if (before != null) {
      System.setProperty("java.io.tmpdir", before);
      directory.close();
    }
  }

  private static Path make(Path path, String permissions) throws IOException {
    Files.createDirectory(path);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    return path;
  }

  static boolean isRoot() throws IOException {
    Path self = Path.of("/proc/self");
    return Files.exists(self) && Files.getAttribute(self, "unix:uid").equals(0);
  }

  private static List<Path> list(Path path) throws IOException {
    try (Stream<Path> all = Files.list(path)) {
      return all.toList();
    }
  }

  private Path linkToHome(Path path) throws IOException {
    return Files.createSymbolicLink(path, precious.getParent());
  }

  @Test
  @DisplayName("a directory that vanished is not used again when others can get into what is there")
  void usesNoOpenDirectory() throws Exception {
    Path path = directory.get().path();
    Files.delete(path);
    make(path, "rwxrwxrwx");
    assertThat(directory.get().path()).isNotEqualTo(path).isDirectory();
  }

  @Test
  @DisplayName("a directory that vanished is not used again when it is another user's now")
  void usesNobodyElsesDirectory() throws Exception {
    assumeTrue(isRoot());
    Path path = directory.get().path();
    Files.delete(path);
    make(path, "rwx------");
    Files.setAttribute(path, "unix:uid", NOBODY);
    Path trap = Files.writeString(path.resolve("trap"), "");
    assertThat(directory.get().path()).isNotEqualTo(path);
    directory.close();
    assertThat(trap).exists();
  }

  @Test
  @DisplayName("a link in the place of the directory is not followed, neither for use nor removal")
  void followsNoLink() throws Exception {
    Path path = directory.get().path();
    Files.delete(path);
    linkToHome(path);
    directory.close();
    assertThat(precious).exists();
    directory = new WorkerDirectory(null);
    PrivateDirectory made = directory.get();
    Files.delete(made.path());
    linkToHome(made.path());
    assertThat(made.isThere()).isFalse();
    assertThat(directory.get().path()).isNotEqualTo(made.path());
    assertThatThrownBy(made::remove).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(made::touch).isInstanceOf(NoSuchFileException.class);
    assertThat(precious).exists();
  }

  @Test
  @DisplayName("links inside the directory are removed, and what they lead to stays")
  void removesLinksThemselves() throws Exception {
    PrivateDirectory made = directory.get();
    Path inner = Files.createDirectory(made.path().resolve("inner"));
    linkToHome(inner.resolve("link"));
    linkToHome(made.path().resolve("link"));
    Files.writeString(inner.resolve("file"), "");
    directory.close();
    assertThat(made.path()).doesNotExist();
    assertThat(precious).exists();
  }

  @Test
  @DisplayName("the directory survives the trip to a worker JVM as text")
  void isReadBack() throws Exception {
    PrivateDirectory made = directory.get();
    assertThat(PrivateDirectory.parse(made.toString())).isEqualTo(made);
    assertThat(PrivateDirectory.parse(made.toString()).isThere()).isTrue();
  }

  @Test
  @DisplayName("a directory that is touched looks new to who removes what is old")
  void isTouched() throws Exception {
    Path path = directory.get().path();
    FileTime old = FileTime.from(Instant.now().minusSeconds(86_400));
    Files.setLastModifiedTime(path, old);
    directory.touch();
    assertThat(Files.getLastModifiedTime(path)).isGreaterThan(old);
  }

  private Path folderWith(@Nullable String runtimeFolder) throws IOException {
    directory.close();
    directory = new WorkerDirectory(runtimeFolder);
    return directory.get().path().getParent();
  }

  @Test
  @DisplayName("XDG_RUNTIME_DIR is taken where it is ours alone and no link, but for large files")
  void takesRuntimeFolder() throws Exception {
    assumeTrue(temp.toString().length() < 40);
    Path shared = temp.resolve("shared");
    Path runtime = make(temp.resolve("run"), "rwx------");
    assertThat(folderWith(runtime.toString())).isEqualTo(runtime);
    assertThat(directory.forLargeFiles().path().getParent()).isEqualTo(shared);
    Files.setPosixFilePermissions(runtime, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(folderWith(runtime.toString())).isEqualTo(shared);
    Files.setPosixFilePermissions(runtime, PosixFilePermissions.fromString("rwx------"));
    Path link = Files.createSymbolicLink(temp.resolve("link"), runtime);
    for (String other :
        new String[] {null, "", link.toString(), precious.toString(), temp + "/none"}) {
      assertThat(folderWith(other)).as(other).isEqualTo(shared);
    }
    directory.close();
    assertThat(list(runtime)).isEmpty();
    assertThat(list(shared)).isEmpty();
  }

  @Test
  @DisplayName("XDG_RUNTIME_DIR of another user is not taken, though root gets in")
  void takesNobodyElsesRuntimeFolder() throws Exception {
    assumeTrue(isRoot());
    Path runtime = make(temp.resolve("run"), "rwx------");
    Files.setAttribute(runtime, "unix:uid", NOBODY);
    assertThat(folderWith(runtime.toString())).isEqualTo(temp.resolve("shared"));
    assertThat(list(runtime)).isEmpty();
  }

  @Test
  @DisplayName("XDG_RUNTIME_DIR is looked at anew for each directory")
  void looksAnew() throws Exception {
    assumeTrue(temp.toString().length() < 40);
    Path runtime = make(temp.resolve("run"), "rwx------");
    assertThat(folderWith(runtime.toString())).isEqualTo(runtime);
    Files.delete(directory.get().path());
    Files.delete(runtime);
    assertThat(directory.get().path().getParent()).isEqualTo(temp.resolve("shared"));
    make(runtime, "rwx------");
    Files.delete(directory.get().path());
    assertThat(directory.get().path().getParent()).isEqualTo(runtime);
    assertThat(Files.isDirectory(directory.get().path(), LinkOption.NOFOLLOW_LINKS)).isTrue();
  }

  @Test
  void saysThatThereIsNoTempFolder() {
    System.clearProperty("java.io.tmpdir");
    assertThatThrownBy(() -> directory.get())
        .hasMessage("the property java.io.tmpdir is not set; must be a folder");
  }
}
