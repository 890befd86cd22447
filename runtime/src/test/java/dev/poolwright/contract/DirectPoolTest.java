package dev.poolwright.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.internal.LeavesNothingBehind;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A direct pool is an executor as any other, but for the thread. */
@ExtendWith(LeavesNothingBehind.class)
@Timeout(60)
final class DirectPoolTest {

  private final Pools pools = Pools.direct();
  private final Pool pool = pools.pool("io");

  @AfterEach
  void close() {
    pools.close();
  }

  private static int fail(String message) {
    throw new IllegalStateException(message);
  }

  @Test
  void invokes() throws Exception {
    Callable<Integer> one = () -> 1;
    Callable<Integer> failing = () -> fail("wrong");
    List<Future<Integer>> all = pool.invokeAll(List.of(failing, one));
    assertThat(all).allMatch(Future::isDone);
    assertThat(all.get(1).get()).isEqualTo(1);
    assertThat(pool.invokeAny(List.of(failing, one, failing))).isEqualTo(1);
    assertThat(pool.stats().submitted()).isEqualTo(4);
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> pool.invokeAny(List.of(failing)))
        .withCauseInstanceOf(IllegalStateException.class);
    assertThatIllegalArgumentException().isThrownBy(() -> pool.invokeAny(List.of()));
    assertThatNullPointerException().isThrownBy(() -> pool.invokeAll(Arrays.asList(one, null)));
  }

  @Test
  void beginsNothingWhenTheTimeIsOver() throws Exception {
    Callable<Integer> longer =
        () -> {
          TimeUnit.MILLISECONDS.sleep(550);
          return 1;
        };
    List<Callable<Integer>> two = List.of(longer, longer);
    List<Future<Integer>> all = pool.invokeAll(two, 500, TimeUnit.MILLISECONDS);
    assertThat(all.get(0).get()).isEqualTo(1);
    assertThat(all.get(1).isCancelled()).isTrue();
    assertThat(pool.invokeAll(two, 0, TimeUnit.SECONDS)).allMatch(Future::isCancelled);
    assertThatExceptionOfType(TimeoutException.class)
        .isThrownBy(() -> pool.invokeAny(two, 0, TimeUnit.SECONDS));
    assertThat(pool.stats().submitted()).isEqualTo(1);
    assertThat(pool.stats().cancelled()).isZero();
  }

  @Test
  void runsStagesHere() {
    String here = Thread.currentThread().getName();
    Task<String> task = pool.submit(() -> Thread.currentThread().getName());
    assertThat(task.join()).isEqualTo(here);
    assertThat(task.thenApplyAsync(name -> Thread.currentThread().getName()).join())
        .isEqualTo(here);
    assertThat(task.copy().name()).isEqualTo(task.name() + ".then");
  }

  @Test
  void rejectsOnceItIsShutDown() throws Exception {
    pool.shutdown();
    assertThat(pool.awaitTermination(0, TimeUnit.SECONDS)).isTrue();
    assertThatExceptionOfType(RejectedExecutionException.class)
        .isThrownBy(() -> pool.submit(() -> 1))
        .withMessageEndingWith(": it is shut down");
    assertThatExceptionOfType(RejectedExecutionException.class)
        .isThrownBy(() -> pool.invokeAll(List.of((Callable<Integer>) () -> 1)));
  }

  @Test
  void aKeptTaskKeepsNotTheThreadThatRanIt() throws Exception {
    CompletableFuture<Task<Integer>> kept = new CompletableFuture<>();
    WeakReference<Thread> thread = runElsewhere(kept);
    Task<Integer> task = kept.get();
    while (thread.get() != null) {
      System.gc();
    }
    assertThat(task.resultNow()).isEqualTo(1);
  }

  private WeakReference<Thread> runElsewhere(CompletableFuture<Task<Integer>> kept)
      throws InterruptedException {
    Thread elsewhere = new Thread(() -> kept.complete(pool.submit(() -> 1)), "elsewhere");
    elsewhere.start();
    elsewhere.join();
    return new WeakReference<>(elsewhere);
  }
}
