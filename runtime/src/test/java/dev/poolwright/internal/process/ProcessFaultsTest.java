package dev.poolwright.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.Batch;
import dev.poolwright.Job;
import dev.poolwright.JobFunction;
import dev.poolwright.PoolStats;
import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.Task;
import dev.poolwright.internal.LeavesNothingBehind;
import dev.poolwright.internal.life.ExitPlan;
import dev.poolwright.internal.life.Life;
import dev.poolwright.internal.pool.EnginePool;
import dev.poolwright.internal.pool.PoolSettings;
import dev.poolwright.internal.process.FaultyMachine.Faults;
import dev.poolwright.internal.process.start.Machine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Something is thrown at one step of the start of a worker JVM, of a call or of an end: the task
 * ends, the books add up, the pool goes on working, and its end comes in time and leaves nothing.
 */
@Timeout(900)
@ExtendWith(LeavesNothingBehind.class)
class ProcessFaultsTest {
  private static final long END_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final int FEW = 4;

  private static final List<Supplier<Throwable>> THROWN =
      List.of(
          () -> new OutOfMemoryError("injected"),
          () -> new StackOverflowError("injected"),
          () -> new SecurityException("injected"),
          () -> new IOException("injected"));

  /** What the pool is used for while it happens. */
  enum Use {
    CALL(0, 0),
    CHUNK(0, 0),
    PRESTART(1, 0),
    SUCCESSOR(0, 1);

    private final int prestart;
    private final int mostTasks;

    Use(int prestart, int mostTasks) {
      this.prestart = prestart;
      this.mostTasks = mostTasks;
    }

    ProcessPoolConfig config() {
      ProcessPoolConfig each = OneWorker.config();
      each = prestart > 0 ? each.prestart(prestart) : each;
      return mostTasks > 0 ? each.maxTasksPerWorker(mostTasks) : each;
    }

    void work(EnginePool pool) {
      if (this == CHUNK) {
        map(pool);
      } else {
        run(pool);
      }
    }

    private static void run(EnginePool pool) {
      Job<Integer> job = () -> 1;
      awaitEnd(List.of(pool.submit(job)));
    }

    private static void map(EnginePool pool) {
      JobFunction<Integer, Integer> same = input -> input;
      Batch<Integer> batch = pool.map(same, List.of(1, 2, 3));
      List<Task<?>> tasks = new ArrayList<>();
      batch.tasks().forEach(tasks::add);
      awaitEnd(tasks);
    }
  }

  private static void awaitEnd(List<Task<?>> tasks) {
    for (Task<?> task : tasks) {
      try {
        Object unused = task.get(END_NANOS, TimeUnit.NANOSECONDS);
      } catch (java.util.concurrent.TimeoutException | InterruptedException e) {
        throw new AssertionError(task + " has not ended", e);
      } catch (Exception e) {
        // Failed, as may be.
      }
    }
  }

  /** Runs with a fault at one step; how many steps there were. */
  private static int run(Use use, Faults faults, boolean arePipes) throws InterruptedException {
    Life life =
        new Life(
            failure -> {},
            ExitPlan.DEFAULT,
            ClassLoader.getSystemClassLoader(),
            faults::start,
            null);
    PoolSettings settings = PoolSettings.of(use.config());
    Machine machine = new FaultyMachine(faults, arePipes);
    EnginePool pool = new EnginePool(life, settings, new ProcessRunner(life, settings, machine));
    life.add(pool);
    pool.prestart();
    use.work(pool);
    Job<Integer> job = () -> 2;
    boolean wasBefore = faults.isOver();
    Task<Integer> next = pool.submit(job);
    awaitEnd(List.of(next));
    if (wasBefore) {
      assertThat(next.join()).as("the next task").isEqualTo(2);
    }
    long startNanos = System.nanoTime();
    pool.shutdown();
    assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    assertThat(System.nanoTime() - startNanos).isLessThan(TimeUnit.SECONDS.toNanos(8));
    PoolStats stats = pool.stats();
    assertThat(stats.succeeded() + stats.failed() + stats.cancelled()).isEqualTo(stats.submitted());
    assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty();
    life.shutdownNow();
    assertThat(life.awaitTermination(END_NANOS)).isTrue();
    return faults.steps();
  }

  @ParameterizedTest
  @EnumSource
  void aFaultAtAnyStepFailsAtMostItsTask(Use use) throws InterruptedException {
    int steps = run(use, none(), false);
    throwAtSome(use, IntStream.rangeClosed(1, steps).toArray(), FEW, true);
  }

  @ParameterizedTest
  @EnumSource
  void aFaultAtAnyFrameFailsAtMostItsTask(Use use) throws InterruptedException {
    Faults none = none();
    int unused = run(use, none, false);
    int[] frames = none.frames().stream().mapToInt(step -> step).sorted().toArray();
    assertThat(frames).hasSizeGreaterThan(FEW);
    throwAtSome(use, frames, FEW / 2, false);
  }

  @ParameterizedTest
  @EnumSource
  @Tag("slow")
  @Timeout(3_600)
  void aFaultOfAnyKindAtEachStepFailsAtMostItsTask(Use use) throws InterruptedException {
    Faults none = none();
    int steps = run(use, none, false);
    for (int step = 1; step <= steps; step++) {
      int kinds = none.frames().contains(step) ? THROWN.size() : 1;
      for (int i = step; i < step + kinds; i++) {
        throwAt(use, step, THROWN.get(i % THROWN.size()), kinds == 1 && step % 3 == 0);
      }
    }
  }

  private static Faults none() {
    return new Faults(Integer.MAX_VALUE, THROWN.get(0));
  }

  /** Each time at others; where there are pipes, frames are no steps. */
  private static void throwAtSome(Use use, int[] steps, int count, boolean mayBePipes)
      throws InterruptedException {
    int apart = Math.max(1, steps.length / (count * Integer.getInteger("poolwright.repeat", 1)));
    long seed = Long.getLong("poolwright.seed", System.nanoTime());
    for (int i = (int) Math.floorMod(seed, (long) apart); i < steps.length; i += apart) {
      Supplier<Throwable> thrown = THROWN.get(Math.floorMod(i + (int) (seed >> 16), 4));
      try {
        throwAt(use, steps[i], thrown, mayBePipes && i % 3 == 0);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }

  private static void throwAt(Use use, int step, Supplier<Throwable> thrown, boolean arePipes)
      throws InterruptedException {
    Faults faults = new Faults(step, thrown);
    try {
      int unused = run(use, faults, arePipes);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("step " + step + ": " + faults + ": " + e.getMessage(), e);
    }
  }
}
