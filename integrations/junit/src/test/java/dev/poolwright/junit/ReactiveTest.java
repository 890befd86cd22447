package dev.poolwright.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The one-liners of {@code docs/reactive.md}, and what a cancel of each does to the run. */
@Timeout(60)
final class ReactiveTest {

  private final Pools pools = Pools.builder().onUnobservedFailure(failure -> {}).build();
  private final Pool pool = pools.pool("io");
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final AtomicInteger submits = new AtomicInteger();

  @AfterEach
  void close() {
    pools.shutdownNow();
    pools.close();
  }

  private Task<Integer> seven() {
    submits.incrementAndGet();
    return pool.submit(() -> 7);
  }

  private Task<Integer> failing() {
    return pool.submit(
        () -> {
          throw new IllegalStateException("out of paper");
        });
  }

  private Task<Integer> endless() {
    return pool.submit(
        () -> {
          begun.countDown();
          try {
            TimeUnit.DAYS.sleep(1);
          } catch (InterruptedException e) {
            stopped.countDown();
            throw e;
          }
          return 0;
        });
  }

  private void assertStopped(Task<?> task) throws InterruptedException {
    assertThat(stopped.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(task.isCancelled()).isTrue();
  }

  @Test
  void aMonoHasTheOutcome() {
    assertThat(Mono.fromFuture(seven()).block()).isEqualTo(7);
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> Mono.fromFuture(failing()).block())
        .withMessage("out of paper");
  }

  @Test
  void aMonoOfASupplierSubmitsForEachSubscriber() {
    Mono<Integer> mono = Mono.fromFuture(this::seven);
    assertThat(submits).hasValue(0);
    assertThat(mono.block()).isEqualTo(7);
    assertThat(mono.block()).isEqualTo(7);
    assertThat(submits).hasValue(2);
  }

  @Test
  void theEndOfASubscriptionStopsTheRunOfAMono() throws InterruptedException {
    Task<Integer> task = endless();
    Disposable subscription = Mono.fromFuture(task).subscribe();
    begun.await();
    subscription.dispose();
    assertStopped(task);
  }

  @Test
  void aTimeoutStopsTheRunOfAMono() throws InterruptedException {
    Task<Integer> task = endless();
    begun.await();
    assertThatExceptionOfType(RuntimeException.class)
        .isThrownBy(() -> Mono.fromFuture(task).timeout(Duration.ofMillis(1)).block());
    assertStopped(task);
  }

  @Test
  void aMonoMayLeaveTheRunAlone() {
    Task<Integer> task = endless();
    Mono.fromFuture(task, true).subscribe().dispose();
    assertThat(task).isNotDone();
  }

  @Test
  void aUniHasTheOutcome() {
    Uni<Integer> uni = Uni.createFrom().completionStage(this::seven);
    assertThat(submits).hasValue(0);
    assertThat(uni.await().indefinitely()).isEqualTo(7);
    assertThat(uni.await().indefinitely()).isEqualTo(7);
    assertThat(submits).hasValue(2);
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> Uni.createFrom().completionStage(this::failing).await().indefinitely())
        .withMessage("out of paper");
  }

  @Test
  void theCancelOfAUniLeavesTheRunAlone() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    Task<Integer> task =
        pool.submit(
            () -> {
              begun.countDown();
              release.await(); // An interrupt would end it, and the rest.
              ended.countDown();
              return 7;
            });
    begun.await();
    Uni.createFrom().completionStage(task).subscribe().with(x -> {}).cancel();
    assertThat(task.isCancelled()).isTrue();
    release.countDown();
    assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void theCancelOfAUniStopsTheRunWhereItIsToldTo() throws InterruptedException {
    Task<Integer> task = endless();
    Cancellable subscription =
        Uni.createFrom()
            .completionStage(task)
            .onCancellation()
            .invoke(() -> task.cancel(true))
            .subscribe()
            .with(x -> {});
    begun.await();
    subscription.cancel();
    assertStopped(task);
  }

  @Test
  void aBatchIsAStream() {
    List<Integer> inputs = List.of(1, 2, 3);
    assertThat(Flux.fromStream(() -> pool.map(x -> 2 * x, inputs).stream()).collectList().block())
        .containsExactly(2, 4, 6);
    assertThat(
            Multi.createFrom()
                .items(() -> pool.map(x -> 2 * x, inputs).stream())
                .collect()
                .asList()
                .await()
                .indefinitely())
        .containsExactly(2, 4, 6);
  }
}
