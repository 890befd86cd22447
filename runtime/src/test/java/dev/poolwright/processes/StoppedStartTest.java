package dev.poolwright.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.Batch;
import dev.poolwright.MapOption;
import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.Task;
import dev.poolwright.WorkerStartException;
import dev.poolwright.contract.Gate;
import dev.poolwright.internal.LeavesNothingBehind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Worker JVMs that are still starting when nobody needs them any more, and the end of all. */
@Timeout(120)
@ExtendWith(LeavesNothingBehind.class)
class StoppedStartTest {

  /** An initializer that stops at the test's gate: its worker JVM starts until it is let go. */
  public static final class Stops implements Runnable {
    @Override
    public void run() {
      try {
        String unused = Gate.stop(Integer.getInteger("test.gate"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private Gate gate;

  @BeforeEach
  void openGate() throws IOException {
    gate = new Gate();
  }

  @AfterEach
  void closeGate() throws IOException {
    gate.close();
  }

  private ProcessPoolConfig slow(int workers) throws IOException {
    return ProcessPoolConfig.named("cpu")
        .maxWorkers(workers)
        .jvmArgs("-Xmx64m", "-Dtest.gate=" + gate.port())
        .initializer(Stops.class);
  }

  private static Pools pools(ProcessPoolConfig config) {
    return Pools.builder().pool(config).onUnobservedFailure(failure -> {}).build();
  }

  private static void assertNoChildren() {
    assertThat(ProcessHandle.current().children()).isEmpty();
  }

  @Test
  @Tag("scenario-227")
  @DisplayName("shutdownNow ends a worker JVM that is still starting, and close waits for that")
  void stopsAStart() throws Exception {
    Pools pools = pools(slow(1));
    Task<Long> task = pools.pool("cpu").submit(Cpu::ownPid);
    Task<Long> behind = pools.pool("cpu").submit(Cpu::ownPid);
    Gate.Visitor start = gate.next();
    pools.shutdownNow();
    start.awaitGone();
    pools.close();
    assertNoChildren();
    assertThatThrownBy(task::join)
        .isInstanceOf(CancellationException.class)
        .hasMessage("pool \"cpu\" was stopped");
    assertThat(behind.isCancelled()).isTrue();
  }

  @Test
  @Tag("scenario-224")
  @Tag("scenario-227")
  @DisplayName("close without grace returns when no starting worker JVM is left")
  void closesDuringStarts() throws Exception {
    Pools pools = pools(slow(2).prestart(2));
    gate.next();
    gate.next();
    pools.close(Duration.ZERO);
    assertNoChildren();
  }

  @Test
  @Tag("scenario-227")
  @DisplayName("the end of one pool ends what it starts ahead of need")
  void endsPrestarts() throws Exception {
    try (Pools pools = pools(slow(2).prestart(2))) {
      gate.next();
      gate.next();
      pools.pool("cpu").close();
      assertNoChildren();
    }
  }

  @Test
  @Tag("scenario-139")
  @DisplayName("a cancel of the task ends the worker JVM that starts for it, and the pool works")
  void cancelsAStart() throws Exception {
    try (Pools pools = pools(slow(1))) {
      Pool pool = pools.pool("cpu");
      Task<Long> task = pool.submit(Cpu::ownPid);
      Gate.Visitor start = gate.next();
      assertThat(task.cancel(true)).isTrue();
      start.awaitGone();
      Task<Long> next = pool.submit(Cpu::ownPid);
      gate.next().letGo();
      assertThat(next.join()).isPositive();
      assertThat(pool.stats().workersCrashed()).isZero();
    }
  }

  @Test
  @Timeout(20)
  @DisplayName("a cancel of all elements ends the worker JVM that starts for their chunk")
  void cancelsTheStartForAChunk() throws Exception {
    try (Pools pools = pools(slow(1).startTimeout(Duration.ofMinutes(1)));
        Batch<Long> batch =
            pools.pool("cpu").map(input -> Cpu.ownPid(), List.of(1, 2), MapOption.chunkSize(2))) {
      Gate.Visitor start = gate.next();
      batch.cancel();
      start.awaitGone();
    }
  }

  @Test
  @Tag("scenario-139")
  @DisplayName("a caller who cancels sooner than a start takes gets a worker JVM in the end")
  void doesNotCancelEveryStart() throws Exception {
    try (Pools pools = pools(slow(1))) {
      Pool pool = pools.pool("cpu");
      Task<Long> first = pool.submit(Cpu::ownPid);
      Gate.Visitor given = gate.next();
      first.cancel(true);
      given.awaitGone();
      Task<Long> second = pool.submit(Cpu::ownPid);
      Gate.Visitor kept = gate.next();
      second.cancel(true);
      Task<Long> third = pool.submit(Cpu::ownPid);
      kept.letGo();
      assertThat(third.join()).isPositive();
      assertThat(pool.stats().workersStarted()).isEqualTo(2);
    }
  }

  @Test
  @Tag("scenario-144")
  @DisplayName("an interrupt of the thread that starts a worker JVM leaves no process")
  void survivesInterruptedStart() throws Exception {
    try (Pools pools = pools(slow(1))) {
      Pool pool = pools.pool("cpu");
      Task<Long> task = pool.submit(Cpu::ownPid);
      Gate.Visitor start = gate.next();
      Thread driver =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> thread.getName().equals("cpu-1"))
              .findFirst()
              .orElseThrow();
      driver.interrupt();
      start.awaitGone();
      assertThatThrownBy(task::join).hasCauseInstanceOf(WorkerStartException.class);
      Task<Long> next = pool.submit(Cpu::ownPid);
      gate.next().letGo();
      assertThat(next.join()).isPositive();
    }
  }

  @Test
  @Tag("scenario-144")
  @DisplayName("a caller who is interrupted while its worker JVM starts leaves, the start goes on")
  void interruptsTheCaller() throws Exception {
    try (Pools pools = pools(slow(1))) {
      Task<Long> task = pools.pool("cpu").submit(Cpu::ownPid);
      Gate.Visitor start = gate.next();
      Thread.currentThread().interrupt();
      assertThatThrownBy(task::get).isInstanceOf(InterruptedException.class);
      start.letGo();
      assertThat(task.join()).isPositive();
    }
  }

  @Test
  @Tag("scenario-219")
  @DisplayName("shutdownNow kills a run that was cancelled without an interrupt")
  void stopsUnseenRuns() throws Exception {
    Pools pools = pools(Cpu.config(1));
    int port = gate.port();
    Task<String> task = pools.pool("cpu").submit(() -> Gate.stop(port));
    Gate.Visitor run = gate.next();
    assertThat(task.cancel(false)).isTrue();
    pools.shutdownNow();
    run.awaitGone();
    pools.close();
    assertNoChildren();
  }

  @Test
  @Tag("scenario-102")
  @DisplayName("a stop while workers are replaced or started lets no process escape")
  void stopsAtAnyMoment() throws Exception {
    long seed = Long.getLong("poolwright.seed", System.nanoTime());
    Random random = new Random(seed);
    // Each takes a quarter of a second.
    for (int round = 0; round < Math.max(12, Integer.getInteger("poolwright.repeat", 1)); round++) {
      Pools pools = pools(Cpu.config(2).maxTasksPerWorker(1));
      List<Task<Long>> tasks = new ArrayList<>();
      Thread submitter = Cpu.submitter(() -> tasks.add(pools.pool("cpu").submit(Cpu::ownPid)));
      TimeUnit.MILLISECONDS.sleep(random.nextInt(250)); // The moment is the test.
      pools.shutdownNow();
      pools.close();
      assertNoChildren();
      submitter.join();
      assertThat(tasks).as("seed %s, round %s", seed, round).allMatch(Task::isDone);
    }
  }
}
