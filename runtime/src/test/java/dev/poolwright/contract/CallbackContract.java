package dev.poolwright.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.CallOption;
import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.TaskStatus;
import dev.poolwright.TaskTimeoutException;
import dev.poolwright.internal.LogLines;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code onDone} runs each callback once, in order, whatever the outcome. */
abstract class CallbackContract extends PoolContract {

  private static final CallOption LIMIT = CallOption.timeout(Duration.ofMillis(300));

  @Test
  @Tag("scenario-70")
  @Tag("scenario-79")
  @DisplayName("a callback is called once with the outcome, of whatever kind")
  void callsOnce() throws Exception {
    Gate gate = gate();
    int port = gate.port();
    Pool pool = io(Shape.of("io", 4));
    Queue<TaskStatus> seen = new ConcurrentLinkedQueue<>();
    Task<String> good = pool.submit(() -> Gate.stop(port));
    good.onDone(task -> seen.add(task.status()));
    gate.next().letGo();
    awaitDone(good);
    Task<String> cancelled = pool.submit(() -> Gate.stop(port));
    cancelled.onDone(task -> seen.add(task.status()));
    gate.next();
    cancelled.cancel(true);
    awaitDone(cancelled);
    Task<String> late = pool.with(LIMIT).submit(() -> Gate.stop(port));
    late.onDone(task -> seen.add(task.status()));
    awaitDone(late);
    assertThat(late.exceptionNow()).isInstanceOf(TaskTimeoutException.class);
    assertThat(seen).containsExactly(TaskStatus.SUCCEEDED, TaskStatus.CANCELLED, TaskStatus.FAILED);
  }

  @Test
  @Tag("scenario-71")
  @DisplayName("a callback added after the end is called at once, on the thread that adds it")
  void callsAtOnceWhenDone() throws Exception {
    Pool pool = io(1);
    Task<Integer> good = pool.submit(() -> 1);
    Task<Integer> failed = pool.submit(() -> Work.fail("wrong"));
    Task<Integer> cancelled = pool.submit(() -> 1);
    cancelled.cancel(true);
    for (Task<Integer> task : List.of(good, failed, cancelled)) {
      awaitDone(task);
      pool.submit(() -> 1).join(); // The worker is past the callbacks of the tasks before.
    }
    for (Task<Integer> task : List.of(good, failed, cancelled)) {
      CompletableFuture<Thread> thread = new CompletableFuture<>();
      task.onDone(done -> thread.complete(Thread.currentThread()));
      assertThat(thread).isCompletedWithValue(Thread.currentThread());
    }
  }

  @Test
  @Tag("scenario-72")
  @Tag("scenario-74")
  @Tag("scenario-76")
  @DisplayName("callbacks run in order, and one that throws disturbs nobody")
  void runsInOrder() throws Exception {
    Gate gate = gate();
    int port = gate.port();
    Pool pool = io(1);
    Task<String> task = pool.submit(() -> Gate.stop(port));
    gate.next();
    LogLines log = new LogLines();
    StringBuilder order = new StringBuilder();
    CountDownLatch ended = new CountDownLatch(1);
    task.onDone(done -> order.append("1"))
        .onDone(
            done -> {
              throw new AssertionError("the callback of a test fails on purpose");
            })
        .onDone(done -> order.append("2"))
        .onDone(
            done ->
                done.onDone(
                    again -> {
                      order.append("4");
                      ended.countDown();
                    }))
        .onDone(done -> order.append("3"));
    gate.close();
    ended.await();
    assertThat(order).hasToString("1234");
    assertThat(log.lines()).containsExactly("onDone callback of " + task.name() + " failed");
    log.close();
    assertThat(pool.submit(() -> 2).join()).isEqualTo(2);
    assertThat(task.status()).isEqualTo(TaskStatus.SUCCEEDED);
  }

  @Test
  @Tag("scenario-75")
  @DisplayName("callbacks that submit to their own pool of one worker: three chains end")
  void chainsSubmits() throws Exception {
    Pools pools = open(Shape.of("io", 1).queue(1));
    CountDownLatch ended = new CountDownLatch(3);
    for (int links : new int[] {100, 50, 60}) {
      chain(pools.pool("io"), links, ended);
    }
    ended.await();
    assertThat(pools.pool("io").stats().submitted()).isEqualTo(210);
  }

  private static void chain(Pool pool, int links, CountDownLatch ended) {
    if (links == 0) {
      ended.countDown();
    } else {
      Task<?> unused = pool.submit(() -> 1).onDone(task -> chain(pool, links - 1, ended));
    }
  }

  @Test
  @Tag("scenario-81")
  @DisplayName("a callback that blocks holds up no other task's outcome")
  void blocksNobody() throws Exception {
    Pool pool = io(2);
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch entered = new CountDownLatch(1);
    Gate gate = gate();
    int port = gate.port();
    pool.submit(() -> Gate.stop(port))
        .onDone(
            task -> {
              entered.countDown();
              await(release);
            });
    gate.close();
    entered.await();
    for (int i = 0; i < 10; i++) {
      assertThat(pool.submit(() -> 7).join()).isEqualTo(7);
    }
    release.countDown();
  }

  @Test
  void cancelledTasksCallBackOnTheirOwnThreads() throws Exception {
    Gate gate = gate();
    int port = gate.port();
    Pool pool = io(1);
    Task<?> busy = pool.submit(Quiet.stopAt(port));
    gate.next();
    CompletableFuture<String> thread = new CompletableFuture<>();
    Task<Integer> queued = pool.submit(() -> 1);
    queued.onDone(task -> thread.complete(Thread.currentThread().getName()));
    queued.cancel(true);
    assertThat(thread.get()).matches("poolwright-callback-\\d+");
    gate.close();
    assertThat(busy.join()).isNull();
  }

  @Test
  void tasksThatEndInPlaceOfTheirRunCallBackOnTheirOwnThreads() throws Exception {
    Gate gate = gate();
    int port = gate.port();
    Pool pool = io(Shape.of("io", 2));
    CompletableFuture<String> ofLate = new CompletableFuture<>();
    CompletableFuture<String> ofCompleted = new CompletableFuture<>();
    Task<String> late = pool.with(LIMIT).submit(() -> Gate.stop(port));
    late.onDone(task -> ofLate.complete(Thread.currentThread().getName()));
    Task<String> completed = pool.submit(() -> Gate.stop(port));
    completed.onDone(task -> ofCompleted.complete(Thread.currentThread().getName()));
    while (completed.status() == TaskStatus.QUEUED) {
      LockSupport.parkNanos(100_000);
    }
    assertThat(completed.complete("given")).isTrue();
    assertThat(ofCompleted.get()).matches("poolwright-callback-\\d+");
    assertThat(ofLate.get()).matches("poolwright-callback-\\d+");
    assertThat(late.exceptionNow()).isInstanceOf(TaskTimeoutException.class);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
