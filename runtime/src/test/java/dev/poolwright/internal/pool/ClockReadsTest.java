package dev.poolwright.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.Pool;
import dev.poolwright.PoolListener;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.ThreadPoolConfig;
import dev.poolwright.Time;
import dev.poolwright.WorkerView;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How often a task reads the clock: never, unless somebody listens. */
@Timeout(60)
final class ClockReadsTest {

  private static final int TASKS = 50;

  /** The system's time, which counts who asks. */
  private static final class Counting implements Time {
    final AtomicLong reads = new AtomicLong();

    @Override
    public long now() {
      reads.incrementAndGet();
      return System.nanoTime();
    }

    @Override
    public void park(Object awaited, long nanos) {
      LockSupport.parkNanos(awaited, Math.min(nanos, TimeUnit.MILLISECONDS.toNanos(1)));
    }

    @Override
    public Runnable schedule(long nanos, Runnable action) {
      return () -> {}; // The watch against stalls, which looks at nothing here.
    }
  }

  private final Counting time = new Counting();

  private Pools pools(PoolListener... listeners) {
    Pools.Builder builder =
        Pools.builder().time(time).pool(ThreadPoolConfig.named("io").maxWorkers(1));
    for (PoolListener listener : listeners) {
      builder.listener(listener);
    }
    return builder.build();
  }

  /** How often the clock is read by tasks that are submitted and run while others wait. */
  private long reads(Pool pool) throws InterruptedException {
    CountDownLatch submitted = new CountDownLatch(1);
    CountDownLatch counted = new CountDownLatch(1);
    AtomicLong atTheEnd = new AtomicLong();
    List<Task<?>> all = new ArrayList<>();
    CountDownLatch runs = new CountDownLatch(1);
    all.add(
        pool.submit(
            () -> {
              runs.countDown();
              submitted.await();
              return 0;
            }));
    runs.await();
    // The first that waits sets the watch against stalls, which reads it too.
    all.add(pool.submit(() -> 1));
    AtomicLong reads = time.reads;
    long before = reads.get();
    for (int i = 0; i < TASKS; i++) {
      all.add(pool.submit(() -> 1));
    }
    all.add(
        pool.submit(
            () -> {
              atTheEnd.set(reads.get());
              counted.countDown();
            }));
    submitted.countDown();
    counted.await();
    for (Task<?> task : all) {
      assertThat(task.isCancelled()).isFalse();
    }
    return atTheEnd.get() - before;
  }

  @Test
  void nobodyReadsItWhereNobodyListensNotEvenANewWorker() throws Exception {
    try (Pools pools = pools()) {
      assertThat(reads(pools.pool("io"))).isZero();
      List<WorkerView> workers = pools.pool("io").workers();
      assertThat(workers).extracting(WorkerView::startedNanos).containsOnly(0L);
    }
  }

  @Test
  void aListenerCostsATaskThreeReads() throws Exception {
    PoolListener empty = new PoolListener() {};
    try (Pools pools = pools(empty)) {
      // Beside three for each, the two ends of the first two, their second start, and of the last
      // task the submit and the start.
      assertThat(reads(pools.pool("io"))).isEqualTo(3 * TASKS + 2 + 1 + 2);
      assertThat(pools.pool("io").workers()).allMatch(worker -> worker.startedNanos() != 0);
    }
  }

  @Test
  void directPoolsReadNoneEither() {
    Pools pools = Pools.builder().time(time).direct();
    assertThat(pools.pool("io").submit(() -> 1).join()).isEqualTo(1);
    assertThat(time.reads).hasValue(0);
    pools.close();
  }
}
