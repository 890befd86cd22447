package dev.poolwright.internal.pool;

import dev.poolwright.Pool;
import dev.poolwright.PoolStats;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.ThreadPoolConfig;
import dev.poolwright.internal.LeavesNothingBehind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pools of threads that the end of a test stops. */
@ExtendWith(LeavesNothingBehind.class)
@Timeout(120)
abstract class ThreadPools {

  private final Deque<Pools> opened = new ArrayDeque<>();

  final Pools open(ThreadPoolConfig... configs) {
    Pools.Builder builder = Pools.builder();
    for (ThreadPoolConfig config : configs) {
      builder.pool(config);
    }
    return keep(builder.build());
  }

  final Pools keep(Pools pools) {
    opened.push(pools);
    return pools;
  }

  static ThreadPoolConfig io(int workers) {
    return ThreadPoolConfig.named("io").maxWorkers(workers);
  }

  /** How often to run what is a matter of luck. */
  static int times() {
    return Integer.getInteger("poolwright.repeat", 1);
  }

  static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** A task that runs in pool io when this returns, until it is released. */
  @SuppressWarnings("serial") // Nothing travels.
  static Task<?> busy(Pools pools, CountDownLatch release) {
    CountDownLatch running = new CountDownLatch(1);
    Task<?> task =
        pools
            .pool("io")
            .submit(
                () -> {
                  running.countDown();
                  await(release);
                });
    await(running);
    return task;
  }

  /** Waits until no task of the pool waits or is run by a worker. */
  static void awaitIdle(Pool pool) {
    PoolStats now;
    do {
      LockSupport.parkNanos(100_000);
      now = pool.stats();
    } while (now.queued() + now.running() > 0);
  }

  /** Waits until the only worker of pool io, which has run something, waits for another task. */
  static void awaitIdleWorker() {
    Thread worker =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().equals("io-1"))
            .findFirst()
            .orElseThrow();
    awaitState(worker, Thread.State.TIMED_WAITING);
  }

  static void awaitState(Thread thread, Thread.State state) {
    while (thread.getState() != state) {
      LockSupport.parkNanos(100_000);
    }
  }

  @AfterEach
  final void stopAll() {
    for (Pools pools; (pools = opened.poll()) != null; ) {
      pools.shutdownNow();
      pools.close();
    }
  }
}
