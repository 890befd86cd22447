package dev.poolwright.junit;

import dev.poolwright.Pool;
import dev.poolwright.PoolStats;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.UnobservedFailure;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * The pools of one test.
 *
 * @param pools open
 * @param failures of tasks, at which nobody looked
 */
record TestPools(Pools pools, Queue<UnobservedFailure> failures) {

  /** How long what was stopped may take to end. */
  private static final Duration STOP = Duration.ofSeconds(5);

  static TestPools open(Function<Pools.Builder, Pools> maker) {
    Queue<UnobservedFailure> failures = new ConcurrentLinkedQueue<>();
    Pools.Builder builder = Pools.builder().exitHook(false).onUnobservedFailure(failures::add);
    return new TestPools(maker.apply(builder), failures);
  }

  /** Ends them, and says what was not over. */
  void close(Duration grace, TestProblems problems) throws InterruptedException {
    if (pools instanceof ManualPools manual) {
      manual.queued().forEach(step -> problems.add("not run: " + step));
    }
    pools.shutdown();
    boolean isOver = !(pools instanceof ManualPools) && pools.awaitTermination(grace);
    if (!isOver) {
      pools.names().forEach(name -> stop(pools.pool(name), problems));
      pools.shutdownNow();
      if (!pools.awaitTermination(STOP)) {
        problems.add("pools that do not end within " + STOP);
      }
    }
    for (UnobservedFailure failure : failures) {
      problems.add(
          "nobody looked at the failure of " + failure.task() + ": " + failure.cause(),
          failure.cause());
    }
  }

  private static void stop(Pool pool, TestProblems problems) {
    PoolStats stats = pool.stats();
    for (Runnable queued : pool.shutdownNow()) {
      if (queued instanceof Task<?> task) {
        problems.add("not run: " + task.name() + " (" + pool + ")");
      }
    }
    if (stats.running() > 0) {
      problems.add("still running: " + stats.running() + " tasks of " + pool);
    }
  }
}
