package dev.poolwright.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.CallOption;
import dev.poolwright.Task;
import dev.poolwright.TaskContext;
import dev.poolwright.TaskTimeoutException;
import dev.poolwright.contract.Gate;
import dev.poolwright.internal.LeavesNothingBehind;
import dev.poolwright.spi.Call;
import dev.poolwright.spi.CallSite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that are cancelled, or over their limit. */
@Timeout(180)
@ExtendWith(LeavesNothingBehind.class)
class StoppedRunTest {

  @Test
  @Tag("scenario-131")
  @DisplayName("cancel(false) lets the run go on unseen, and its worker JVM stays")
  void letsRunGoOn() throws Exception {
    try (Cpu cpu = Cpu.of(1)) {
      long pid = cpu.pid();
      Cpu.Held<Integer> held = cpu.hold(() -> 1);
      assertThat(held.task().cancel(false)).isTrue();
      assertThat(held.task().cancel(false)).isTrue();
      held.visitor().letGo();
      assertThat(cpu.pid()).isEqualTo(pid);
    }
  }

  @Test
  @Tag("scenario-135")
  @Tag("scenario-136")
  @DisplayName("a task behind a cancelled one always runs, on a fresh worker JVM")
  void givesNoTaskToADyingWorker() throws Exception {
    try (Cpu cpu = Cpu.of(1)) {
      for (int round = 0; round < 5; round++) {
        Cpu.Held<Integer> held = cpu.hold(Cpu::count);
        Task<Integer> behind = cpu.submit(() -> 7);
        assertThat(held.task().cancel(true)).isTrue();
        assertThat(behind.join()).isEqualTo(7);
      }
      assertThat(cpu.pool.stats().workersCrashed()).isZero();
    }
  }

  @Test
  @Tag("scenario-139")
  @DisplayName("ten tasks with large arguments are cancelled, and close does not wait")
  void cancelsLargePayloads() throws Exception {
    byte[] large = new byte[10 << 20];
    Cpu cpu = new Cpu(Cpu.config(2).queueBytes(200 << 20).jvmArgs("-Xmx200m"));
    List<Task<Integer>> all = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      all.add(
          cpu.submit(
              () -> {
                Thread.sleep(60_000);
                return large.length;
              }));
    }
    all.forEach(task -> task.cancel(true));
    long start = System.nanoTime();
    cpu.close();
    assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)).isLessThan(30);
    assertThat(all).allMatch(Task::isCancelled);
  }

  static int leaveTraces(String folder) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> leave(folder, "hook")));
    leave(folder, "first");
    return 1;
  }

  static void leave(String folder, String name) {
    try {
      Files.createFile(Path.of(folder, name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  @Tag("scenario-219")
  @DisplayName("a stop is SIGKILL: no shutdown hook and no second step; a close lets hooks run")
  void stopsBySigkill(@TempDir Path stopped, @TempDir Path closed) throws Exception {
    String folder = stopped.toString();
    try (Cpu cpu = Cpu.of(1)) {
      assertThat(cpu.submit(() -> leaveTraces(folder)).join()).isEqualTo(1);
      Cpu.Held<Integer> held =
          cpu.hold(
              () -> {
                leave(folder, "second");
                return 2;
              });
      cpu.pools.shutdownNow();
      cpu.pools.close(); // The process is gone when this returns.
      assertThat(held.task().isCancelled()).isTrue();
    }
    assertThat(stopped).isDirectoryContaining("glob:**/first");
    assertThat(stopped.resolve("hook")).doesNotExist();
    assertThat(stopped.resolve("second")).doesNotExist();
    String other = closed.toString();
    try (Cpu cpu = Cpu.of(1)) {
      assertThat(cpu.submit(() -> leaveTraces(other)).join()).isEqualTo(1);
      cpu.pools.close();
    }
    assertThat(closed.resolve("hook")).exists();
  }

  static int ignoreInterrupts(int port) {
    while (true) {
      try {
        String unused = Gate.stop(port);
      } catch (IOException e) {
        boolean ignored = Thread.interrupted();
      }
    }
  }

  @Test
  @Tag("scenario-140")
  @Tag("scenario-146")
  @DisplayName("a run that swallows the interrupt is killed after the cancel grace")
  void killsAfterGrace() throws Exception {
    try (Gate gate = new Gate();
        Cpu cpu = new Cpu(Cpu.config(1).cancelGrace(Duration.ofMillis(100)))) {
      long pid = cpu.pid();
      int port = gate.port();
      Task<Integer> stubborn = cpu.submit(() -> ignoreInterrupts(port));
      gate.next();
      stubborn.cancel(true);
      assertThat(cpu.pid()).isNotEqualTo(pid);
      assertThat(Cpu.isAlive(pid)).isFalse();
    }
  }

  @Test
  @Tag("scenario-140")
  @DisplayName("what onCancel registered runs in the grace, and its worker JVM stays")
  void runsCleanUpInGrace() throws Exception {
    try (Gate gate = new Gate();
        Cpu cpu = new Cpu(Cpu.config(1).cancelGrace(Duration.ofSeconds(30)))) {
      long pid = cpu.pid();
      int port = gate.port();
      Task<Integer> task =
          cpu.submit(
              () -> {
                TaskContext.current().onCancel(() -> visit(port));
                String unused = Gate.stop(port);
                return 1;
              });
      Gate.Visitor run = gate.next();
      task.cancel(true);
      run.awaitGone();
      Gate.Visitor cleanUp = gate.next();
      assertThat(cleanUp.thread()).isEqualTo("poolwright-on-cancel");
      cleanUp.letGo();
      assertThat(cpu.pid()).isEqualTo(pid);
    }
  }

  private static void visit(int port) {
    try {
      String unused = Gate.stop(port);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static int finallyForever() throws InterruptedException {
    try {
      Thread.sleep(60_000);
      return 1;
    } finally {
      int unused = Cpu.count();
    }
  }

  @Test
  @Tag("scenario-146")
  @DisplayName("a shutdown hook or a loop in finally does not keep a run from its end")
  void killsStubbornRuns() throws Exception {
    try (Cpu cpu = new Cpu(Cpu.config(1).timeout(Duration.ofMillis(500)))) {
      Task<Integer> hooked =
          cpu.submit(
              () -> {
                Runtime.getRuntime().addShutdownHook(new Thread(Cpu::count));
                return Cpu.count();
              });
      Task<Integer> looping = cpu.submit(StoppedRunTest::finallyForever);
      assertThatThrownBy(hooked::join).hasCauseInstanceOf(TaskTimeoutException.class);
      assertThatThrownBy(looping::join).hasCauseInstanceOf(TaskTimeoutException.class);
      Cpu.awaitDone(hooked);
      Cpu.awaitDone(looping);
      assertThat(ProcessHandle.current().children()).isEmpty();
    }
  }

  @Test
  @Tag("scenario-157")
  @DisplayName("the text of a time limit says which limit it was and how long")
  void namesTheLimit() throws Exception {
    try (Cpu cpu = new Cpu(Cpu.config(1).timeout(Duration.ofMillis(300)))) {
      Task<Integer> task = cpu.submit(Cpu::count);
      assertThatThrownBy(task::join)
          .hasCauseInstanceOf(TaskTimeoutException.class)
          .hasMessageContaining("ran longer than PT0.3S, the limit of pool \"cpu\"");
    }
  }

  record Sleep(long millis) implements Call<StoppedRunTest, String> {
    @Override
    public String on(StoppedRunTest target) throws InterruptedException {
      Thread.sleep(millis);
      return "slept";
    }
  }

  @Test
  @Tag("scenario-150")
  @DisplayName("a limit of the call goes before the pool's")
  void prefersTheLimitOfTheCall() throws Exception {
    try (Cpu cpu = new Cpu(Cpu.config(1).timeout(Duration.ofMillis(300)))) {
      CallSite<StoppedRunTest> site =
          CallSite.ofStatic(StoppedRunTest.class, "sleep(long)", "cpu").open(cpu.pools);
      Task<String> tooLong = site.submit(null, new Sleep(60_000));
      assertThatThrownBy(tooLong::join).hasCauseInstanceOf(TaskTimeoutException.class);
      Task<String> longer =
          site.with(CallOption.timeout(Duration.ofSeconds(60))).submit(null, new Sleep(600));
      assertThat(longer.join()).isEqualTo("slept");
    }
  }

  static int workFor(long nanos) {
    long start = System.nanoTime();
    int turns = 0;
    while (System.nanoTime() - start < nanos) {
      turns++;
    }
    Thread.currentThread().interrupt(); // Returns with its flag set, which must bother nobody.
    return turns;
  }

  @Test
  @Timeout(600)
  @Tag("scenario-131")
  @Tag("scenario-141")
  @DisplayName("a cancel at any point of a 1 ms task loses no answer and no worker JVM")
  void cancelsAtEveryPoint() throws Exception {
    cancelAtEveryPoint(Math.max(300, Integer.getInteger("poolwright.repeat", 1)));
  }

  @Test
  @Tag("slow")
  @Timeout(1_200)
  @Tag("scenario-131")
  @Tag("scenario-141")
  @DisplayName("the same ten thousand times")
  void cancelsAtEveryPointForLong() throws Exception {
    cancelAtEveryPoint(10_000);
  }

  private static void cancelAtEveryPoint(int rounds) throws Exception {
    long seed = Long.getLong("poolwright.seed", System.nanoTime());
    System.out.println("StoppedRunTest seed " + seed);
    Random random = new Random(seed);
    int cancelled = 0;
    AtomicInteger ends = new AtomicInteger();
    try (Cpu cpu = new Cpu(Cpu.config(1).cancelGrace(Duration.ofSeconds(30)))) {
      long pid = cpu.pid();
      for (int i = 0; i < rounds; i++) {
        Task<Integer> task = cpu.submit(() -> workFor(1_000_000));
        Task<Integer> unused = task.onDone(done -> ends.incrementAndGet());
        long wait = random.nextInt(2_000_000);
        long start = System.nanoTime();
        while (System.nanoTime() - start < wait) {
          Thread.onSpinWait();
        }
        if (task.cancel(true)) {
          cancelled++;
          assertThatThrownBy(task::join).isInstanceOf(CancellationException.class);
        } else {
          assertThat(task.join()).isPositive();
        }
        if (i % 100 == 0) {
          // No interrupt is left for whoever comes next, and none has closed the channel.
          assertThat(cpu.submit(() -> Thread.currentThread().isInterrupted()).join()).isFalse();
        }
      }
      assertThat(cpu.pid()).as("seed %s", seed).isEqualTo(pid);
      assertThat(cpu.pool.stats().workersCrashed()).isZero();
      cpu.pools.close();
      assertThat(ends).as("seed %s", seed).hasValue(rounds);
    }
    System.out.println(rounds + " rounds, " + cancelled + " cancelled");
  }

  @Test
  @Timeout(600)
  @Tag("scenario-131")
  @Tag("scenario-141")
  @DisplayName("a kill at any point of a 1 ms task loses no answer")
  void killsAtEveryPoint() throws Exception {
    long seed = Long.getLong("poolwright.seed", System.nanoTime());
    System.out.println("StoppedRunTest seed " + seed);
    Random random = new Random(seed);
    int rounds = Math.max(20, Integer.getInteger("poolwright.repeat", 1) / 50);
    try (Cpu cpu = Cpu.of(1)) {
      for (int i = 0; i < rounds; i++) {
        long unused = cpu.pid();
        Task<Integer> task = cpu.submit(() -> workFor(1_000_000));
        int number = i;
        Task<Integer> behind = cpu.submit(() -> number);
        long wait = random.nextInt(2_000_000);
        long start = System.nanoTime();
        while (System.nanoTime() - start < wait) {
          Thread.onSpinWait();
        }
        task.cancel(true);
        assertThat(behind.join()).as("seed %s", seed).isEqualTo(number);
        Cpu.awaitDone(task);
      }
      assertThat(cpu.pool.stats().workersCrashed()).isZero();
    }
  }

  /** What a task waits in; whoever interrupts it is thrown at. */
  static final class BrokenChannel extends AbstractInterruptibleChannel {
    private final boolean isHeapFull;

    BrokenChannel(boolean isHeapFull) {
      this.isHeapFull = isHeapFull;
    }

    @Override
    protected void implCloseChannel() {
      throw isHeapFull ? new OutOfMemoryError("on purpose") : new StackOverflowError("on purpose");
    }

    static int wait(int port, boolean isHeapFull) {
      BrokenChannel channel = new BrokenChannel(isHeapFull);
      try (Socket gate = new Socket(InetAddress.getLoopbackAddress(), port)) {
        channel.begin();
        gate.getOutputStream().write('\n');
        await(channel);
        channel.end(true);
      } catch (IOException e) {
        // Interrupted.
      }
      return 1;
    }

    private static void await(Object channel) {
      while (!Thread.currentThread().isInterrupted()) {
        LockSupport.park(channel);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @DisplayName("the tether obeys orders also after one that threw")
  void obeysAfterAnOrderThatThrew(boolean isHeapFull) throws Exception {
    try (Gate gate = new Gate();
        Cpu cpu = new Cpu(Cpu.config(1).cancelGrace(Duration.ofSeconds(60)))) {
      long pid = cpu.pid();
      int port = gate.port();
      for (int round = 0; round < 3; round++) {
        Task<Integer> task = cpu.submit(() -> BrokenChannel.wait(port, isHeapFull));
        Gate.Visitor visitor = gate.next();
        assertThat(task.cancel(true)).isTrue();
        visitor.awaitGone();
        assertThat(cpu.pid()).isEqualTo(pid);
      }
    }
  }
}
