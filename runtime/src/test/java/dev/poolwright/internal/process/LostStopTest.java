package dev.poolwright.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.Batch;
import dev.poolwright.Job;
import dev.poolwright.JobFunction;
import dev.poolwright.Pool;
import dev.poolwright.PoolListener;
import dev.poolwright.Pools;
import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.Task;
import dev.poolwright.TaskEvent;
import dev.poolwright.TaskStatus;
import dev.poolwright.internal.LeavesNothingBehind;
import dev.poolwright.internal.life.ExitPlan;
import dev.poolwright.internal.life.Life;
import dev.poolwright.internal.pool.EnginePool;
import dev.poolwright.internal.pool.PoolSettings;
import dev.poolwright.internal.process.start.FakeMachine;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A cancel between the moment when a run has begun and that when it can be stopped. Where a {@code
 * Window} holds the driver there, each round hits it.
 */
@Timeout(3_600)
@ExtendWith(LeavesNothingBehind.class)
class LostStopTest {
  private final Life life =
      new Life(failure -> {}, ExitPlan.DEFAULT, ClassLoader.getSystemClassLoader());

  @AfterEach
  void endEngine() throws InterruptedException {
    life.shutdownNow();
    assertThat(life.awaitTermination(TimeUnit.SECONDS.toNanos(30))).isTrue();
  }

  /**
   * So many where the worker lives on; a tenth and less where each takes another one, since a start
   * writes files and begins threads; and a hundredth where that is a worker JVM.
   */
  private static final int ROUNDS = Integer.getInteger("poolwright.rounds", 250);

  private Pool fake(FakeMachine machine) {
    return fake(machine, Duration.ZERO);
  }

  private Pool fake(FakeMachine machine, Duration grace) {
    ProcessPoolConfig config = ProcessPoolConfig.named("cpu").maxWorkers(1).cancelGrace(grace);
    PoolSettings settings = PoolSettings.of(config);
    EnginePool pool = new EnginePool(life, settings, new ProcessRunner(life, settings, machine));
    life.add(pool);
    return pool;
  }

  /**
   * Whoever spins at a status hits the window more often than one who is woken; whoever spins for
   * long keeps the driver from its processor.
   */
  @SuppressWarnings("ThreadPriorityCheck") // Nothing but speed relies on it.
  private static void spinUntilRunning(Task<?> task) {
    for (int spins = 1; task.status() == TaskStatus.QUEUED; spins++) {
      if (spins % 2_000 == 0) {
        Thread.yield();
      }
      Thread.onSpinWait();
    }
  }

  private static boolean isRunOver(Task<?> task) throws InterruptedException {
    CountDownLatch over = new CountDownLatch(1);
    Task<?> unused = task.onDone(ended -> over.countDown());
    return over.await(30, TimeUnit.SECONDS);
  }

  @Test
  void aRunThatIsCancelledAsItBeginsIsStopped() throws InterruptedException {
    cancelAsItBegins(fake(new FakeMachine(worker -> {}), Duration.ofMinutes(1)), ROUNDS);
  }

  private static void cancelAsItBegins(Pool pool, int rounds) throws InterruptedException {
    for (int round = 0; round < rounds; round++) {
      Task<Integer> task = pool.submit(() -> 1);
      spinUntilRunning(task);
      for (int spins = round % 8; spins > 0; spins--) {
        Thread.onSpinWait();
      }
      assertThat(task.cancel(true)).isTrue();
      assertThat(isRunOver(task)).as("round %s: the run is over", round).isTrue();
    }
  }

  /** Holds a driver between the begin of a run and the moment from which that can be stopped. */
  private static final class Window implements PoolListener {
    private final CyclicBarrier both = new CyclicBarrier(2);

    @Override
    public void taskStarted(TaskEvent task) {
      meet();
      meet();
    }

    void meet() {
      try {
        both.await(30, TimeUnit.SECONDS);
      } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static Job<Integer> endless() {
    return () -> {
      int turns = 0;
      while (System.nanoTime() != 0) {
        turns++;
      }
      return turns;
    };
  }

  private static void cancelInWindow(Pool pool, Window window, int rounds)
      throws InterruptedException {
    for (int round = 0; round < rounds; round++) {
      Task<Integer> task = pool.submit(endless());
      window.meet();
      assertThat(task.cancel(true)).isTrue();
      window.meet();
      assertThat(isRunOver(task)).as("round %s: the run is over", round).isTrue();
    }
  }

  @Test
  void aRunThatIsCancelledBeforeItCanBeKilledIsOver() throws InterruptedException {
    Window window = new Window();
    PoolListener.Registration unused = life.listeners().add(window);
    cancelInWindow(fake(new FakeMachine(FakeMachine.Worker::runCall)), window, ROUNDS);
  }

  @Test
  void aRunThatIsCancelledBeforeItCanBeInterruptedIsOver() throws InterruptedException {
    Window window = new Window();
    PoolListener.Registration unused = life.listeners().add(window);
    cancelInWindow(fake(new FakeMachine(worker -> {}), Duration.ofMinutes(1)), window, ROUNDS);
  }

  @Test
  void anElementThatIsCancelledBeforeItsFrameIsSentIsOver() throws InterruptedException {
    Window window = new Window();
    PoolListener.Registration unused = life.listeners().add(window);
    FakeMachine machine = new FakeMachine(FakeMachine.Worker::runCall);
    Pool pool = fake(machine);
    for (int round = 0; round < ROUNDS / 10; round++) {
      if (round % 8 == 7) { // Another one would be broken: no call ever succeeds.
        pool.close();
        pool = fake(machine);
      }
      Batch<Integer> batch = pool.map((Integer input) -> input, List.of(1));
      Task<Integer> element = batch.tasks().iterator().next();
      window.meet();
      assertThat(element.cancel(true)).isTrue();
      window.meet();
      assertThat(isRunOver(element)).as("round %s: the run is over", round).isTrue();
    }
  }

  @Test
  void aRunForAWorkerJvmThatIsCancelledBeforeItCanBeKilledIsOver() throws InterruptedException {
    Window window = new Window();
    Pools pools = Pools.builder().pool(OneWorker.config()).listener(window).build();
    try {
      cancelInWindow(pools.pool("cpu"), window, Math.min(1_000, 4 * ROUNDS));
    } finally {
      pools.close(Duration.ZERO); // A run that went on would keep it for long.
    }
  }

  @Test
  void aRunThatIsCancelledWhileItsWorkerIsReplacedIsStopped() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    AtomicReference<CountDownLatch> dies = new AtomicReference<>(new CountDownLatch(1));
    FakeMachine machine =
        new FakeMachine(
            worker -> {
              if (calls.incrementAndGet() % 2 == 1) { // The next one would run it.
                worker.end();
                dies.get().countDown();
              } else {
                worker.runCall();
              }
            });
    Pool pool = fake(machine);
    JobFunction<Integer, Integer> same = input -> input;
    for (int round = 0; round < ROUNDS / 10; round++) {
      if (round % 8 == 7) { // Another one would be broken: no call ever succeeds.
        pool.close();
        pool = fake(machine);
      }
      calls.set(0);
      dies.set(new CountDownLatch(1));
      Task<Integer> task;
      if (round % 2 == 0) {
        task = pool.submit(() -> 1);
      } else {
        Batch<Integer> batch = pool.map(same, List.of(1));
        task = batch.tasks().iterator().next();
      }
      while (dies.get().getCount() > 0) {
        Thread.onSpinWait();
      }
      TimeUnit.MICROSECONDS.sleep(round * 37 % 2_000); // The moment is the test.
      assertThat(task.cancel(true)).isTrue();
      assertThat(isRunOver(task)).as("round %s: the run is over", round).isTrue();
    }
  }

  @Test
  void aRunInAWorkerJvmThatIsCancelledAsItBeginsIsStopped() throws InterruptedException {
    Pools pools = Pools.builder().pool(OneWorker.config()).build();
    try {
      Pool pool = pools.pool("cpu");
      for (int round = 0; round < Math.max(10, ROUNDS / 100); round++) {
        Task<Integer> task = pool.submit(endless());
        spinUntilRunning(task);
        assertThat(task.cancel(true)).isTrue();
        assertThat(isRunOver(task)).as("round %s: the run is over", round).isTrue();
      }
    } finally {
      pools.close(Duration.ZERO);
    }
  }
}
