package dev.poolwright.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.Tasks;
import dev.poolwright.WaitFor;
import dev.poolwright.WaitTimeoutException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Several tasks can be waited for at once. */
abstract class WaitContract extends PoolContract {

  static int failing() {
    throw new IllegalStateException("on purpose");
  }

  @Test
  @Tag("scenario-26")
  @DisplayName("duplicates collapse")
  void collapsesDuplicates() throws Exception {
    Task<Integer> task = io(1).submit(() -> 1);
    Tasks.Waited<Task<Integer>> waited = Tasks.await(List.of(task, task), WaitFor.ALL_COMPLETED);
    assertThat(waited.done()).containsExactly(task);
    assertThat(waited.notDone()).isEmpty();
  }

  @Test
  @Tag("scenario-27")
  @Tag("scenario-34")
  @DisplayName("the first one done ends the wait; a time limit is no exception")
  void waitsForFirst() throws Exception {
    for (int i = 0; i < times(1); i++) {
      Pool pool = io(2);
      Gate gate = gate();
      int port = gate.port();
      Task<String> blocked = pool.submit(() -> Gate.stop(port));
      Gate.Visitor unused = gate.next();
      Task<String> fast = pool.submit(() -> "fast");
      Tasks.Waited<Task<String>> waited =
          Tasks.await(List.of(blocked, fast), WaitFor.FIRST_COMPLETED);
      assertThat(waited.done()).containsExactly(fast);
      assertThat(waited.notDone()).containsExactly(blocked);
      waited = Tasks.await(List.of(blocked, fast), WaitFor.ALL_COMPLETED, Duration.ofMillis(20));
      assertThat(waited.notDone()).containsExactly(blocked);
      assertThat(blocked.getNumberOfDependents()).isZero();
      gate.close();
      closeAll(); // Rounds are many at times; each has worker JVMs of its own.
    }
  }

  @Test
  @Tag("scenario-27")
  @Tag("scenario-32")
  @DisplayName("a cancelled task is done at once, and is no failure")
  void cancelledIsDone() throws Exception {
    Pool pool = io(1);
    Gate gate = gate();
    int port = gate.port();
    Task<String> blocked = pool.submit(() -> Gate.stop(port));
    Task<Integer> cancelled = pool.submit(() -> 1);
    cancelled.cancel(true);
    List<Task<?>> both = List.of(blocked, cancelled);
    assertThat(Tasks.await(both, WaitFor.FIRST_COMPLETED).done()).containsExactly(cancelled);
    Duration little = Duration.ofMillis(20);
    assertThat(Tasks.await(both, WaitFor.FIRST_FAILURE, little).notDone()).containsExactly(blocked);
    gate.close();
  }

  @Test
  @Tag("scenario-29")
  @Tag("scenario-30")
  @DisplayName("the first failure ends the wait")
  void waitsForFailure() throws Exception {
    for (int i = 0; i < times(1); i++) {
      Pool pool = io(2);
      Gate gate = gate();
      int port = gate.port();
      Task<?> blocked = pool.submit(() -> Gate.stop(port));
      Gate.Visitor unused = gate.next();
      Task<?> fine = pool.submit(() -> 1);
      Task<?> failed = pool.submit(() -> failing());
      for (int n = 0; n < 2; n++) {
        Tasks.Waited<Task<?>> waited =
            Tasks.await(List.of(fine, failed, blocked), WaitFor.FIRST_FAILURE);
        assertThat(waited.done()).isEqualTo(Set.of(fine, failed));
        assertThat(waited.notDone()).isEqualTo(Set.of(blocked));
      }
      assertThat(failed.exceptionNow()).hasMessage("on purpose");
      gate.close();
      closeAll();
    }
  }

  @Test
  @Tag("scenario-31")
  @Tag("scenario-35")
  @DisplayName("without a failure all are waited for, however close their ends are")
  void waitsForAll() throws Exception {
    Pool pool = io(2);
    for (int i = 0; i < times(1); i++) {
      List<Task<Integer>> tasks = new ArrayList<>();
      for (int n = 0; n < 100; n++) {
        tasks.add(pool.submit(() -> 1));
      }
      assertThat(Tasks.await(tasks, WaitFor.FIRST_FAILURE).notDone()).isEmpty();
      assertThat(Tasks.await(tasks, WaitFor.ALL_COMPLETED).done()).hasSize(100);
    }
  }

  @Test
  @Tag("scenario-36")
  @Tag("scenario-41")
  @DisplayName("tasks of threads and of worker JVMs and other futures come once each, as they end")
  void handsOutOnce() throws Exception {
    for (int i = 0; i < times(1); i++) {
      Pool pool = io(1);
      Kind otherKind = isThreads() ? Kind.PROCESS : Kind.THREAD;
      Pool other = open(Pools.builder().pool(Shape.of("other", 1).config(otherKind))).pool("other");
      Gate gate = gate();
      int port = gate.port();
      Task<?> live = pool.submit(() -> Gate.stop(port));
      Gate.Visitor visitor = gate.next();
      Task<?> cancelled = pool.submit(() -> 1);
      cancelled.cancel(true);
      Task<?> failed = other.submit(() -> failing());
      Task<?> fine = other.submit(() -> 1);
      CompletableFuture<Integer> foreign = new CompletableFuture<>();
      List<CompletableFuture<?>> all = List.of(live, cancelled, failed, fine, foreign, fine);
      List<CompletableFuture<?>> order = new ArrayList<>();
      for (CompletableFuture<?> next : Tasks.<CompletableFuture<?>>asCompleted(all)) {
        order.add(next);
        if (order.size() == 3) {
          foreign.complete(1);
        } else if (order.size() == 4) {
          visitor.letGo();
        }
      }
      assertThat(order).hasSize(5).containsOnlyOnceElementsOf(all.subList(0, 5));
      assertThat(order.subList(3, 5)).isEqualTo(List.of(foreign, live));
      assertThat(failed.exceptionNow()).hasMessage("on purpose");
      closeAll();
    }
  }

  @Test
  @Tag("scenario-37")
  @Tag("scenario-39")
  @DisplayName("at the limit those done have come, then the others are counted")
  void limitsIteration() {
    for (Duration limit : List.of(Duration.ZERO, Duration.ofMillis(100))) {
      CompletableFuture<Integer> done = CompletableFuture.completedFuture(1);
      CompletableFuture<Integer> also = CompletableFuture.completedFuture(2);
      CompletableFuture<Integer> slow = new CompletableFuture<>();
      CompletableFuture<Integer> slower = new CompletableFuture<>();
      Iterator<CompletableFuture<Integer>> tasks =
          Tasks.asCompleted(List.of(slow, done, slower, also), limit).iterator();
      assertThat(tasks.next()).isSameAs(done);
      assertThat(tasks.next()).isSameAs(also);
      assertThatExceptionOfType(WaitTimeoutException.class)
          .isThrownBy(tasks::next)
          .withMessage("2 (of 4) tasks unfinished");
      assertThat(tasks.hasNext()).isFalse();
      assertThat(slow.getNumberOfDependents()).isZero();
    }
  }

  @Test
  @Tag("scenario-42")
  @DisplayName("tasks that their pool cancels come, and the loop ends")
  void comesToAnEnd() throws Exception {
    for (int i = 0; i < times(1); i++) {
      Pool pool = io(1);
      Gate gate = gate();
      int port = gate.port();
      List<Task<String>> tasks = new ArrayList<>();
      for (int n = 0; n < 5; n++) {
        tasks.add(pool.submit(() -> Gate.stop(port)));
      }
      Gate.Visitor unused = gate.next();
      Iterable<Task<String>> completed = Tasks.asCompleted(tasks);
      List<Runnable> never = pool.shutdownNow();
      assertThat(never).hasSize(4);
      int count = 0;
      for (Task<String> task : completed) {
        assertThat(task.isCancelled()).isTrue();
        count++;
      }
      assertThat(count).isEqualTo(5);
      gate.close();
      closeAll();
    }
  }

  @Test
  @DisplayName("allOf gives results in order, or the first failure, and takes failures over")
  void sumsUp() {
    Pool pool = io(2);
    assertThat(Tasks.allOf(List.of(pool.submit(() -> 1), pool.submit(() -> 2))).join())
        .containsExactly(1, 2);
    assertThat(Tasks.allOf(List.<CompletableFuture<Integer>>of()).join()).isEmpty();
    List<Task<Integer>> mixed =
        List.of(pool.submit(() -> 1), pool.submit(() -> failing()), pool.submit(() -> 2));
    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(() -> Tasks.allOf(mixed).join())
        .withStackTraceContaining("on purpose");
    assertThat(unobserved).isEmpty();
  }

  @Test
  @Tag("scenario-40")
  @DisplayName("iterators drop what they handed out")
  void dropsWhatItHandedOut() throws Exception {
    List<CompletableFuture<byte[]>> futures = new ArrayList<>();
    futures.add(CompletableFuture.completedFuture(new byte[1]));
    futures.add(new CompletableFuture<>());
    Iterator<CompletableFuture<byte[]>> tasks = Tasks.asCompleted(futures).iterator();
    futures.clear();
    WeakReference<Object> first = new WeakReference<>(tasks.next());
    while (first.get() != null) {
      System.gc();
    }
    assertThat(tasks.hasNext()).isTrue();
  }
}
