package dev.poolwright.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.Pool;
import dev.poolwright.Task;
import dev.poolwright.TaskContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An interrupt hits exactly the run that it was meant for. */
@SuppressWarnings("serial") // What is submitted here could travel, but never does.
final class InterruptTest extends ThreadPools {

  @Test
  @Tag("scenario-131")
  @DisplayName("cancel(true) interrupts the running task and never the next on its thread")
  void neverHitsTheNextTask() {
    Pool pool = open(io(1).queueCapacity(4)).pool("io");
    AtomicInteger hits = new AtomicInteger();
    for (int i = 0; i < 2_000 * times(); i++) {
      CountDownLatch begun = new CountDownLatch(1);
      Task<?> target = pool.submit(begun::countDown);
      Task<?> bystander =
          pool.submit(
              () -> {
                for (int spin = 0; spin < 50; spin++) {
                  if (Thread.currentThread().isInterrupted()) {
                    hits.incrementAndGet();
                    return;
                  }
                  Thread.onSpinWait();
                }
              });
      await(begun);
      target.cancel(true);
      bystander.join();
    }
    assertThat(hits).hasValue(0);
    assertThat(pool.stats().workersStarted()).isEqualTo(1);
  }

  @Test
  void interruptsTheRun() throws Exception {
    Pool pool = open(io(1)).pool("io");
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    CountDownLatch begun = new CountDownLatch(1);
    Task<?> task =
        pool.submit(
            () -> {
              begun.countDown();
              try {
                new Semaphore(0).acquire();
                interrupted.complete(false);
              } catch (InterruptedException e) {
                interrupted.complete(true);
              }
            });
    await(begun);
    task.cancel(true);
    assertThat(interrupted.get()).isTrue();
  }

  @Test
  void cancelWithoutInterruptSendsNone() {
    Pool pool = open(io(1)).pool("io");
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Task<?> task =
        pool.submit(
            () -> {
              begun.countDown();
              await(release);
              interrupted.complete(Thread.currentThread().isInterrupted());
            });
    await(begun);
    assertThat(task.cancel(false)).isTrue();
    release.countDown();
    assertThat(interrupted.join()).isFalse();
  }

  @Test
  @Tag("scenario-140")
  @DisplayName("a clean-up runs when its task is cancelled, after the task is done")
  void cleansUp() {
    Pool pool = open(io(1)).pool("io");
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    CompletableFuture<Boolean> cleanedUp = new CompletableFuture<>();
    CompletableFuture<Task<?>> self = new CompletableFuture<>();
    Task<?> task =
        pool.submit(
            () -> {
              TaskContext context = TaskContext.current();
              context.onCancel(
                  () -> {
                    Task<?> cancelled = self.join();
                    cleanedUp.complete(cancelled.cancel(true) && cancelled.isDone());
                  });
              begun.countDown();
              await(release);
            });
    self.complete(task);
    await(begun);
    task.cancel(true);
    assertThat(cleanedUp.join()).isTrue();
    release.countDown();
  }

  @Test
  void deadlinesArrive() {
    Pool pool = open(io(1)).pool("io");
    long worst = 0;
    for (int i = 0; i < 20; i++) {
      CountDownLatch begun = new CountDownLatch(1);
      Task<?> task =
          pool.submit(
              () -> {
                begun.countDown();
                await(new CountDownLatch(1));
              });
      await(begun);
      long start = System.nanoTime();
      assertThat(task.completeOnTimeout(null, 5, TimeUnit.MILLISECONDS)).isSameAs(task);
      task.join();
      long late = System.nanoTime() - start - TimeUnit.MILLISECONDS.toNanos(5);
      assertThat(late).isNotNegative();
      worst = Math.max(worst, late);
    }
    // That they arrive at all; how late is a figure of the benchmarks.
    assertThat(TimeUnit.NANOSECONDS.toSeconds(worst)).isLessThan(30);
  }
}
