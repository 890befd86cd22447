package dev.poolwright.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.Job;
import dev.poolwright.Task;
import dev.poolwright.TaskContext;
import dev.poolwright.TaskStatus;
import dev.poolwright.WorkerCrashedException;
import dev.poolwright.internal.LeavesNothingBehind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Worker JVMs that stand still, die or chatter while frames are on their way. */
@Timeout(120)
@ExtendWith(LeavesNothingBehind.class)
class ChannelTroubleTest {

  @Test
  @Tag("scenario-196")
  @DisplayName("a worker JVM that stands still holds up no submit, and nothing is lost")
  void survivesAPause() throws Exception {
    try (Cpu cpu = Cpu.of(1)) {
      long pid = cpu.pid();
      Cpu.kill(pid, "STOP");
      List<Task<Integer>> tasks = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        int number = i;
        tasks.add(cpu.submit(() -> number)); // Returns although nothing is read.
      }
      Cpu.kill(pid, "CONT");
      for (int i = 0; i < 100; i++) {
        assertThat(tasks.get(i).join()).isEqualTo(i);
      }
    }
  }

  private static void awaitRunning(Task<?> task) {
    while (task.status() == TaskStatus.QUEUED) {
      LockSupport.parkNanos(100_000);
    }
  }

  @Test
  @Tag("scenario-197")
  @DisplayName("a worker JVM that dies while it takes a call disturbs no other worker's task")
  void failsOneChannelAlone() throws Exception {
    try (Cpu cpu = new Cpu(Cpu.config(2).payloadLimit(100 << 20).jvmArgs("-Xmx300m"))) {
      Cpu.Held<Integer> other = cpu.hold(() -> 1);
      long pid = cpu.pid();
      Cpu.kill(pid, "STOP");
      byte[] large = new byte[20 << 20];
      Task<Integer> stuck = cpu.submit(() -> large.length);
      Task<Integer> behind = cpu.submit(() -> 3);
      awaitRunning(stuck);
      Cpu.kill(pid, "KILL");
      assertThat(stuck.join()).isEqualTo(20 << 20); // Not begun there, so another runs it.
      assertThat(behind.join()).isEqualTo(3);
      other.visitor().letGo();
      assertThat(other.task().join()).isEqualTo(1);
    }
  }

  @Test
  @Tag("scenario-202")
  @DisplayName("a worker that crashes after shutdown fails its task, and the pool ends")
  void crashesAfterShutdown() throws Exception {
    try (Cpu cpu = Cpu.of(1)) {
      Cpu.Held<Integer> held = cpu.hold(() -> WorkerCrashTest.halt(9));
      Task<Integer> behind = cpu.submit(() -> 2);
      cpu.pool.shutdown();
      held.visitor().letGo();
      assertThat(cpu.pool.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
      assertThat(held.task().exceptionNow()).isInstanceOf(WorkerCrashedException.class);
      assertThat(behind.resultNow()).isEqualTo(2);
    }
  }

  @Test
  @Timeout(600) // A second and less for each of poolwright.repeat rounds.
  @Tag("scenario-199")
  @DisplayName("shutdown while submits fail to be serialized hangs nobody")
  void shutsDownDuringFailingSubmits() throws Exception {
    long seed = Long.getLong("poolwright.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < Math.max(4, Integer.getInteger("poolwright.repeat", 1)); round++) {
      try (Cpu cpu = Cpu.of(1)) {
        List<Task<?>> tasks = new ArrayList<>();
        Runnable plain = () -> {};
        Job<Object> bad = Object::new;
        Thread submitter =
            Cpu.submitter(
                () -> {
                  tasks.add(cpu.pool.submit(plain));
                  tasks.add(cpu.submit(bad));
                });
        TimeUnit.MILLISECONDS.sleep(random.nextInt(100)); // The moment is the test.
        cpu.pool.shutdown();
        submitter.join();
        assertThat(cpu.pool.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        assertThat(tasks)
            .as("seed %s, round %s", seed, round)
            .allMatch(Task::isCompletedExceptionally);
      }
    }
  }

  @Test
  @Tag("scenario-225")
  @DisplayName("a stop while 100 MB are written to a worker JVM ends at once")
  void stopsDuringTransfer() throws Exception {
    try (Cpu cpu =
        new Cpu(Cpu.config(1).payloadLimit(150 << 20).queueBytes(400 << 20).jvmArgs("-Xmx300m"))) {
      long pid = cpu.pid();
      Cpu.kill(pid, "STOP"); // It reads nothing, so that the write blocks.
      byte[] large = new byte[100_000_000];
      Task<Integer> task = cpu.submit(() -> large.length);
      awaitRunning(task);
      long start = System.nanoTime();
      cpu.pools.shutdownNow();
      cpu.pools.close();
      assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)).isLessThan(20);
      assertThat(task.isCancelled()).isTrue();
      assertThat(ProcessHandle.current().children()).isEmpty();
    }
  }

  static int chatter(int number) throws InterruptedException {
    TaskContext context = TaskContext.current();
    Thread chatters =
        new Thread(
            () -> {
              for (int i = 0; i < 200; i++) {
                context.progress(i / 200.0, "step " + i);
              }
            });
    chatters.start();
    for (int i = 0; i < 200; i++) {
      context.progress(i / 200.0, "own step " + i);
    }
    chatters.join();
    return number;
  }

  @Test
  @Tag("scenario-250")
  @DisplayName("progress reports between calls and answers never set them out of step")
  void keepsStep() throws Exception {
    try (Cpu cpu = Cpu.of(1)) {
      long pid = cpu.pid();
      AtomicInteger reports = new AtomicInteger();
      for (int i = 0; i < 200; i++) {
        int number = i;
        Task<Integer> task = cpu.submit(() -> chatter(number));
        Task<Integer> unused = task.onProgress(progress -> reports.incrementAndGet());
        assertThat(task.join()).isEqualTo(i);
      }
      assertThat(cpu.pid()).isEqualTo(pid);
      assertThat(reports).hasPositiveValue();
    }
  }

  @Test
  @Tag("scenario-257")
  @DisplayName("a task that ends and is cancelled at once ends exactly once")
  void endsOnce() throws Exception {
    try (Cpu cpu = new Cpu(Cpu.config(2).cancelGrace(Duration.ofSeconds(30)))) {
      long seed = Long.getLong("poolwright.seed", System.nanoTime());
      Random random = new Random(seed);
      List<AtomicInteger> ends = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        AtomicInteger counted = new AtomicInteger();
        Task<Integer> task = cpu.submit(() -> 1);
        Task<Integer> unused = task.onDone(done -> counted.incrementAndGet());
        long until = System.nanoTime() + random.nextInt(300_000);
        while (System.nanoTime() < until) {
          Thread.onSpinWait();
        }
        if (!task.cancel(true)) {
          assertThat(task.join()).isEqualTo(1);
        }
        ends.add(counted);
      }
      cpu.pools.close();
      assertThat(ends).as("seed %s", seed).allMatch(counted -> counted.get() == 1);
      assertThat(cpu.pool.stats().workersCrashed()).isZero();
    }
  }
}
