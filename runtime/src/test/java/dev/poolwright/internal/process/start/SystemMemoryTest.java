package dev.poolwright.internal.process.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the files of the kernel say. */
@Timeout(30)
final class SystemMemoryTest {
  @TempDir Path root;
  private Path pod;

  @BeforeEach
  void makeGroups() throws IOException {
    Path groups = Files.createDirectories(root.resolve("proc/self")).resolve("cgroup");
    Files.writeString(groups, "4:cpu:/\n0::/pod/container\n");
    pod = Files.createDirectories(root.resolve("sys/fs/cgroup/pod/container")).getParent();
  }

  @Test
  void aGroupAroundItsOwnThatIsEndedAsAWholeIsSeen() throws IOException {
    Files.writeString(pod.resolve("container/memory.oom.group"), "0\n");
    Files.writeString(pod.resolve("memory.oom.group"), "1\n");
    assertThat(SystemMemory.isGroupEnded(root)).isTrue();
  }

  @Test
  void groupsOfWhichOneProcessIsEndedAreNoGroupsThatAreEnded() throws IOException {
    Files.writeString(pod.resolve("container/memory.oom.group"), "0\n");
    assertThat(SystemMemory.isGroupEnded(root)).isFalse();
  }

  @Test
  void whereThereAreNoGroupsNoneIsEnded() {
    assertThat(SystemMemory.isGroupEnded(root.resolve("nowhere"))).isFalse();
  }

  @Test
  void theMemoryOfThisMachineIsMoreThanTheHeapOfThisJvm() {
    assertThat(SystemMemory.bytes()).isGreaterThan(Runtime.getRuntime().totalMemory());
  }
}
