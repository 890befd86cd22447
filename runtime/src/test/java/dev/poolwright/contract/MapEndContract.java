package dev.poolwright.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.poolwright.Batch;
import dev.poolwright.MapOption;
import dev.poolwright.Pool;
import dev.poolwright.Task;
import dev.poolwright.TaskTimeoutException;
import dev.poolwright.WaitTimeoutException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A batch ends at its limit, at a cancel, at a failure, and with its pool. */
abstract class MapEndContract extends PoolContract {

  static int sleep(int millis) throws InterruptedException {
    Thread.sleep(millis);
    return millis;
  }

  static int stopAt(int port) throws IOException {
    return Gate.stop(port).length();
  }

  @Test
  @Tag("scenario-51")
  @Tag("scenario-52")
  @DisplayName("at the limit of the batch, counted from the call, the rest is cancelled")
  void timesOut() throws Exception {
    Pool pool = io(2);
    warm(pool, 2);
    Batch<Integer> batch =
        pool.map(
            MapEndContract::sleep, List.of(0, 0, 60_000), MapOption.timeout(Duration.ofSeconds(2)));
    Iterator<Integer> results = batch.iterator();
    assertThat(results.next()).isZero();
    assertThat(results.next()).isZero();
    assertThatExceptionOfType(WaitTimeoutException.class)
        .isThrownBy(results::next)
        .withMessage("1 (of 3) tasks unfinished");
    assertThat(results.hasNext()).isFalse();
    assertThat(batch.progress().done()).isEqualTo(3);
  }

  @Test
  @Tag("scenario-51")
  @DisplayName("however the limit passes, the element that it cancels throws the timeout")
  void timesOutAtAnyPoint() throws Exception {
    Pool pool = io(1);
    Gate gate = gate();
    Task<?> busy = pool.submit(Quiet.stopAt(gate.port()));
    gate.next();
    for (int i = 0; i < times(20); i++) {
      Iterator<Integer> results =
          pool.map(
                  MapEndContract::sleep,
                  List.of(0, 0),
                  MapOption.timeout(Duration.ofNanos(200_000 * (i % 10L))))
              .iterator();
      assertThatExceptionOfType(WaitTimeoutException.class).isThrownBy(results::next);
      assertThat(results.hasNext()).isFalse();
    }
    gate.close();
    assertThat(busy.join()).isNull();
  }

  @Test
  @Tag("scenario-54")
  @DisplayName("with no time at all, queued elements never start")
  void timesOutAtOnce() throws Exception {
    for (int i = 0; i < times(1); i++) {
      Pool pool = io(1);
      Gate gate = gate();
      Task<?> unused = pool.submit(Quiet.stopAt(gate.port()));
      Gate.Visitor busy = gate.next();
      Iterator<Integer> results =
          pool.map(MapEndContract::sleep, List.of(0, 0), MapOption.timeout(Duration.ZERO))
              .iterator();
      assertThatExceptionOfType(WaitTimeoutException.class)
          .isThrownBy(results::next)
          .withMessage("2 (of 2) tasks unfinished");
      assertThat(results.hasNext()).isFalse();
      assertThat(pool.stats().queued()).isZero();
      busy.letGo();
      assertThat(pool.submit(() -> 7).join()).isEqualTo(7);
      assertThat(pool.stats().cancelled()).isEqualTo(2);
      closeAll(); // Rounds are many at times; each has worker JVMs of its own.
    }
  }

  @Test
  @Tag("scenario-62")
  @DisplayName("each element has the limit of a task of its own")
  void limitsEachElement() {
    needsWorkers();
    Pool pool = io(Shape.of("io", 2).timeout(Duration.ofMillis(100)));
    Iterator<Integer> results =
        pool.map(MapEndContract::sleep, List.of(60_000, 60_000, 60_000)).iterator();
    for (int i = 0; i < 3; i++) {
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(results::next)
          .withCauseInstanceOf(TaskTimeoutException.class);
    }
    assertThat(results.hasNext()).isFalse();
  }

  @Test
  @Tag("scenario-62")
  @DisplayName("in a chunk, an element over its limit costs its neighbours nothing")
  void limitsEachElementOfAChunk() {
    needsWorkers();
    Pool pool = io(Shape.of("io", 1).timeout(limit()));
    Iterator<Integer> results =
        pool.map(MapEndContract::sleep, List.of(60_000, 0, 1), MapOption.chunkSize(3)).iterator();
    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(results::next)
        .withCauseInstanceOf(TaskTimeoutException.class);
    assertThat(results.next()).isZero();
    assertThat(results.next()).isEqualTo(1);
  }

  @Test
  @Tag("scenario-64")
  @DisplayName("in a chunk, an element that is cancelled costs its neighbours nothing")
  void cancelsOneElement() throws Exception {
    Pool pool = io(1);
    for (int i = 0; i < times(1); i++) {
      Gate gate = gate();
      int port = gate.port();
      List<Task<Integer>> tasks = new ArrayList<>();
      pool.map(
              input -> input % 2 == 0 ? stopAt(port) : input,
              List.of(0, 1, 2, 3, 4),
              MapOption.chunkSize(5))
          .tasks()
          .forEach(tasks::add);
      Gate.Visitor first = gate.next();
      assertThat(tasks.get(3).cancel(true)).isTrue();
      first.letGo();
      gate.next();
      assertThat(tasks.get(0).join()).isPositive();
      assertThat(tasks.get(1).join()).isEqualTo(1);
      assertThat(tasks.get(2).cancel(true)).isTrue();
      gate.next().letGo();
      assertThat(tasks.get(4).join()).isPositive();
      assertThat(tasks.get(2).isCancelled()).isTrue();
      assertThat(tasks.get(3).isCancelled()).isTrue();
      gate.close();
    }
  }

  @Test
  @Tag("scenario-64")
  @DisplayName("after a cancel each of the remaining elements is cancelled")
  void cancels() throws Exception {
    for (int i = 0; i < times(1); i++) {
      Pool pool = io(2);
      Gate gate = gate();
      int port = gate.port();
      Batch<Integer> batch =
          pool.map(
              input -> input == 0 ? 0 : stopAt(port),
              List.of(0, 1, 2, 3, 4),
              MapOption.chunkSize(1));
      Iterator<Integer> results = batch.iterator();
      assertThat(results.next()).isZero();
      batch.cancel();
      for (int n = 0; n < 4; n++) {
        assertThatExceptionOfType(CancellationException.class).isThrownBy(results::next);
      }
      assertThat(results.hasNext()).isFalse();
      assertThat(batch.progress().done()).isEqualTo(5);
      gate.close();
      closeAll();
    }
  }

  @Test
  @Tag("scenario-64")
  @Tag("scenario-136")
  @DisplayName("a cancel at any point of a batch of one costs no later task")
  void cancelsAtAnyPoint() {
    Pool pool = io(1);
    assertThat(pool.submit(() -> 7).join()).isEqualTo(7);
    for (int i = 0; i < times(20); i++) {
      Batch<Integer> batch = pool.map(MapContract::doubled, List.of(1));
      for (int n = 0; n < i * 100; n++) {
        Thread.onSpinWait();
      }
      batch.cancel();
      assertThat(pool.submit(() -> 7).join()).isEqualTo(7);
      assertThat(batch.progress().done()).isEqualTo(1);
    }
  }

  @Test
  @Tag("scenario-64")
  @DisplayName("failFast cancels the rest when an element fails")
  void failsFast() throws Exception {
    for (int i = 0; i < times(1); i++) {
      Pool pool = io(2);
      Gate gate = gate();
      int port = gate.port();
      Batch<Integer> batch =
          pool.map(
              input -> {
                if (input == 1) {
                  throw new IllegalStateException("input 1");
                }
                return stopAt(port);
              },
              List.of(0, 1, 2, 3, 4, 5, 6, 7),
              MapOption.chunkSize(1),
              MapOption.failFast());
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(batch::toList)
          .withStackTraceContaining("input 1");
      assertThat(batch.progress().done()).isEqualTo(8);
      gate.close();
      closeAll();
    }
  }

  @Test
  @Tag("scenario-65")
  @DisplayName("when the pool stops, iteration ends with cancelled elements")
  void endsWithItsPool() throws Exception {
    for (int i = 0; i < times(1); i++) {
      Pool pool = io(2);
      Gate gate = gate();
      int port = gate.port();
      Batch<Integer> batch =
          pool.map(input -> stopAt(port), MapContract.inputs(50), MapOption.chunkSize(3));
      Gate.Visitor unused = gate.next();
      List<Runnable> never = pool.shutdownNow();
      assertThat(never).as("of %s, %s", pool.stats(), batch.progress()).isNotEmpty();
      int cancelled = 0;
      for (Iterator<Integer> results = batch.iterator(); results.hasNext(); cancelled++) {
        assertThatExceptionOfType(CancellationException.class).isThrownBy(results::next);
      }
      assertThat(cancelled).isEqualTo(50);
      gate.close();
      closeAll();
    }
  }

  @Test
  @Tag("scenario-67")
  @DisplayName("an abandoned batch does not disturb the next one")
  void mayBeAbandoned() {
    Pool pool = io(2);
    MapContract.Endless endless = new MapContract.Endless();
    Iterator<Integer> abandoned = pool.map(MapContract::doubled, endless).iterator();
    assertThat(abandoned.next()).isZero();
    assertThat(pool.map(MapContract::doubled, MapContract.inputs(9)).toList())
        .isEqualTo(MapContract.outputs(9));
  }
}
