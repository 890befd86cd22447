package dev.poolwright.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.Batch;
import dev.poolwright.MapOption;
import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.TaskContext;
import dev.poolwright.annotation.SaturationPolicy;
import java.lang.ref.WeakReference;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What threads can do that worker JVMs cannot: share objects, and run tasks of their own. */
final class BorrowedThreadTest extends PoolContract {

  @Override
  Kind kind() {
    return Kind.THREAD;
  }

  private static String contextName() {
    return TaskContext.current().name();
  }

  @Test
  void directPoolsHaveContext() {
    try (Pools pools = Pools.direct()) {
      Pool pool = pools.pool("io");
      assertThat(pool.submit(() -> contextName()).join())
          .isEqualTo("io.submit(BorrowedThreadTest lambda)");
      assertThat(TaskContext.find()).isEmpty();
      assertThat(pool.map(MapContract::doubled, MapContract.inputs(100)).toList())
          .isEqualTo(MapContract.outputs(100));
      assertThat(pool.stats().submitted()).isEqualTo(101);
    }
  }

  @Test
  void callersThatRunHaveContext() throws Exception {
    Pool pool = io(Shape.of("io", 1).queue(0).policy(SaturationPolicy.CALLER_RUNS));
    Gate gate = gate();
    pool.execute(Quiet.stopAt(gate.port()));
    Gate.Visitor busy = gate.next();
    assertThat(pool.submit(() -> contextName()).join()).startsWith("io.submit(");
    assertThat(TaskContext.find()).isEmpty();
    busy.letGo();
  }

  @Test
  @Tag("scenario-131")
  @DisplayName("a slow clean-up holds up neither the cancel nor the deadlines of others")
  void slowCleanUpStallsNobody() throws Exception {
    Pool pool = io(2);
    CountDownLatch cleanUp = new CountDownLatch(1);
    CountDownLatch running = new CountDownLatch(1);
    Task<?> task =
        pool.submit(
            () -> {
              TaskContext.current().onCancel(() -> awaitLatch(cleanUp));
              running.countDown();
              new CountDownLatch(1).await();
              return 1;
            });
    running.await();
    assertThat(task.cancel(true)).isTrue();
    assertThat(task.isCancelled()).isTrue();
    cleanUp.countDown();
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  @Tag("scenario-40")
  @Tag("scenario-129")
  @DisplayName("a batch drops inputs and results that it handed out")
  void batchDropsWhatItHandedOut() {
    Pool pool = io(1);
    AtomicInteger made = new AtomicInteger();
    Batch<byte[]> batch =
        pool.map(
            input -> new byte[made.incrementAndGet()], List.of(1, 2, 3), MapOption.chunkSize(3));
    Iterator<byte[]> results = batch.iterator();
    WeakReference<Object> first = new WeakReference<>(results.next());
    while (first.get() != null) {
      System.gc();
    }
    assertThat(results.next()).hasSize(2);
  }

  @Test
  @Tag("scenario-206")
  @DisplayName("a worker that iterates a batch of its own pool lends its place")
  void lendsItsPlace() {
    Pool pool = io(1);
    for (int i = 0; i < times(1); i++) {
      Task<List<Integer>> outer =
          pool.submit(() -> pool.map(MapContract::doubled, MapContract.inputs(20)).toList());
      assertThat(outer.join()).isEqualTo(MapContract.outputs(20));
    }
  }

  @Test
  @Tag("scenario-131")
  @DisplayName("a borrowed thread that refuses the interrupt holds up no cancel")
  void refusedInterruptHoldsUpNoCancel() throws Exception {
    Pool pool = io(1);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Task<?> busy = pool.submit(() -> awaitLatch(release));
    Task<?> task =
        pool.submit(
            () -> {
              begun.countDown();
              awaitLatch(release);
            });
    Thread stubborn =
        new Thread((Runnable) task, "stubborn") {
          @Override
          public void interrupt() {
            throw new SecurityException("no interrupts");
          }
        };
    stubborn.start();
    begun.await();
    assertThat(task.cancel(true)).isTrue();
    assertThat(task.isCancelled()).isTrue();
    release.countDown();
    stubborn.join();
    assertThat(busy.join()).isNull();
    assertThat(pool.stats().cancelled()).isEqualTo(1);
  }
}
