package dev.poolwright.exit;

import dev.poolwright.Pool;
import dev.poolwright.PoolStats;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.ThreadPoolConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Fills the heap with four tasks at once, again and again, and then looks whether all is well. */
@SuppressWarnings("serial") // What is submitted here could travel, but never does.
final class FullHeapProgram {

  private static final int WORKERS = 4;
  private static final int ROUNDS = 6;
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);

  private FullHeapProgram() {}

  /** Prints "unharmed", or what is wrong. */
  public static void main(String[] args) throws Exception {
    Pools pools =
        Pools.builder()
            .pool(ThreadPoolConfig.named("io").maxWorkers(WORKERS).timeout(Duration.ofSeconds(60)))
            .build();
    Pool pool = pools.pool("io");
    for (int round = 0; round < ROUNDS; round++) {
      exhaust(pool);
    }
    System.out.println(limitsFire(pool) ? "limits fire" : "limits are lost");
    List<Task<Integer>> later = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      later.add(pool.submit(() -> 7));
    }
    for (Task<Integer> each : later) {
      if (each.get(30, TimeUnit.SECONDS) != 7) {
        System.out.println("a later task is lost");
      }
    }
    long start = System.nanoTime();
    pools.close(Duration.ofSeconds(10));
    boolean isInTime = System.nanoTime() - start < TimeUnit.SECONDS.toNanos(11);
    System.out.println(isInTime ? "closed in time" : "close is late");
    PoolStats stats = pool.stats();
    boolean addsUp =
        stats.submitted() == stats.succeeded() + stats.failed() + stats.cancelled()
            && stats.running() + stats.queued() + stats.workers() == 0;
    System.out.println(addsUp ? "the figures add up" : stats.toString());
  }

  private static void exhaust(Pool pool) throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(WORKERS);
    for (int i = 0; i < WORKERS; i++) {
      Task<Integer> unused =
          pool.<Integer>submit(
                  () -> {
                    go.await();
                    List<byte[]> heap = new ArrayList<>();
                    for (int size = 1 << 20; size >= 1 << 8; size /= 8) {
                      fill(heap, size);
                    }
                    throw new OutOfMemoryError("full to the last");
                  })
              .onDone(task -> done.countDown());
    }
    long start = System.nanoTime();
    go.countDown();
    // Whether they failed is of no interest, only that they are done. This thread takes no heap.
    while (done.getCount() > 0 && System.nanoTime() - start < LONGEST_NANOS) {
      LockSupport.parkNanos(1_000_000);
    }
    if (done.getCount() > 0) {
      System.out.println("a task is lost");
    }
  }

  private static void fill(List<byte[]> heap, int size) {
    try {
      while (true) {
        heap.add(new byte[size]);
      }
    } catch (OutOfMemoryError e) {
      // A smaller one may still fit.
    }
  }

  private static boolean limitsFire(Pool pool) throws Exception {
    Task<Integer> task =
        pool.submit(
            () -> {
              Thread.sleep(60_000);
              return 0;
            });
    Object failure =
        task.orTimeout(200, TimeUnit.MILLISECONDS)
            .handle((value, thrown) -> thrown)
            .get(30, TimeUnit.SECONDS);
    return failure instanceof TimeoutException;
  }
}
