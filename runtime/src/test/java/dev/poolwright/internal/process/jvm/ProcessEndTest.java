package dev.poolwright.internal.process.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.internal.FakeHome;
import dev.poolwright.internal.LeavesNothingBehind;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(LeavesNothingBehind.class)
class ProcessEndTest {

  private static void assertKills(FakeProcess process) {
    try (FakeHome home = new FakeHome()) {
      new ProcessEnd(home.life()).kill(process);
      assertThat(process.kills()).isPositive();
    }
  }

  @Test
  @DisplayName("a list of children that takes as long as the process lives delays no kill")
  void waitsForNoList() {
    CountDownLatch killed = new CountDownLatch(1);
    Supplier<Stream<ProcessHandle>> list =
        () -> {
          try {
            killed.await(); // For ever, if the kill comes after it.
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          return Stream.empty();
        };
    assertKills(new FakeProcess(list, killed::countDown));
  }

  @Test
  @DisplayName("a list of children that cannot be had keeps no process alive")
  void killsWithoutAList() {
    Supplier<Stream<ProcessHandle>> list =
        () -> {
          throw new StackOverflowError("on purpose");
        };
    assertKills(new FakeProcess(list, () -> {}));
  }

  @Test
  @DisplayName("what a process wrote before it was killed can be read after its end")
  void leavesWhatItWrote() throws Exception {
    Process process = new ProcessBuilder("sh", "-c", "echo last words; exec sleep 1000").start();
    while (process.getInputStream().available() == 0) {
      LockSupport.parkNanos(1_000_000);
    }
    try (FakeHome home = new FakeHome()) {
      new ProcessEnd(home.life()).kill(process);
    }
    int unused = process.waitFor();
    assertThat(process.getInputStream()).hasContent("last words\n");
  }
}
