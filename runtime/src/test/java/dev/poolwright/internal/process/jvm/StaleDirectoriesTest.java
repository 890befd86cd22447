package dev.poolwright.internal.process.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.poolwright.Pools;
import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.internal.LeavesNothingBehind;
import dev.poolwright.internal.wire.PrivateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a parent that was killed left in the temp folder goes with the next pool that starts. */
@Timeout(60)
@ExtendWith(LeavesNothingBehind.class)
class StaleDirectoriesTest {

  private static final FileTime NOW = FileTime.from(Instant.now());
  private static final FileTime LONG_AGO = FileTime.from(Instant.now().minus(Duration.ofHours(2)));

  @TempDir Path temp;
  private PrivateDirectory own;
  private long deadPid;

  @BeforeEach
  void findDeadProcess() throws Exception {
    assumeTrue(temp.getFileSystem().supportedFileAttributeViews().contains("posix"));
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
    deadPid = process.pid();
    own = PrivateDirectory.at(make(temp, ProcessHandle.current().pid(), "rwx------", NOW));
  }

  private static Path make(Path folder, long pid, String permissions, FileTime touched)
      throws IOException {
    Path directory =
        folder.resolve("poolwright" + pid + "-" + Long.toString(System.nanoTime(), 36));
    Files.createDirectory(directory);
    Files.createDirectory(directory.resolve("inner"));
    Files.writeString(directory.resolve("inner").resolve("1.args"), "-classpath");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(permissions));
    Files.setLastModifiedTime(directory, touched);
    return directory;
  }

  @Test
  @Tag("scenario-240")
  @DisplayName("what a killed parent left is removed an hour later, with all that is in it")
  void removesThoseOfDeadProcesses() throws Exception {
    Path stale = make(temp, deadPid, "rwx------", LONG_AGO);
    StaleDirectories.removeBeside(own);
    assertThat(stale).doesNotExist();
    assertThat(own.path()).isDirectory();
  }

  @Test
  void leavesThoseAloneThatMayBeUsed() throws Exception {
    Path young = make(temp, deadPid, "rwx------", NOW);
    Path living = make(temp, ProcessHandle.current().pid(), "rwx------", LONG_AGO);
    StaleDirectories.removeBeside(own);
    assertThat(young.resolve("inner").resolve("1.args")).exists();
    assertThat(living.resolve("inner").resolve("1.args")).exists();
  }

  @Test
  void leavesThoseAloneThatOthersCouldHaveWrittenInto() throws Exception {
    Path open = make(temp, deadPid, "rwxrwxrwx", LONG_AGO);
    Path link = temp.resolve("poolwright" + deadPid + "-link");
    Path target = make(Files.createDirectory(temp.resolve("elsewhere")), 1, "rwx------", LONG_AGO);
    Files.createSymbolicLink(link, target);
    Path other = Files.createDirectory(temp.resolve("poolwright-of-somebody"));
    Files.setLastModifiedTime(other, LONG_AGO);
    StaleDirectories.removeBeside(own);
    assertThat(open.resolve("inner").resolve("1.args")).exists();
    assertThat(target.resolve("inner").resolve("1.args")).exists();
    assertThat(other).isDirectory();
  }

  @Test
  void aStartRemovesThem() throws Exception {
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    Path stale = make(folder, deadPid, "rwx------", LONG_AGO);
    try (Pools pools = Pools.builder().pool(ProcessPoolConfig.named("io").maxWorkers(1)).build()) {
      assertThat(pools.pool("io").submit(() -> 7).join()).isEqualTo(7);
    }
    assertThat(stale).doesNotExist(); // The end of the pools waits for what they are about.
  }
}
