package dev.poolwright.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.poolwright.Batch;
import dev.poolwright.BatchProgress;
import dev.poolwright.MapOption;
import dev.poolwright.Pool;
import dev.poolwright.PoolStats;
import dev.poolwright.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A function can be mapped over many inputs. */
abstract class MapContract extends PoolContract {

  static int doubled(int input) {
    return input * 2;
  }

  static int oddFails(int input) {
    if (input % 2 == 1) {
      throw new IllegalStateException("odd " + input);
    }
    return input;
  }

  static List<Integer> inputs(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  @SuppressWarnings("UnnecessaryMethodReference") // A list would be taken as the collection it is.
  static Iterable<Integer> noCollection(List<Integer> inputs) {
    return inputs::iterator;
  }

  static List<Integer> outputs(int count) {
    return IntStream.range(0, count).map(MapContract::doubled).boxed().toList();
  }

  /** Inputs without end, and how many of them were taken. */
  static final class Endless implements Iterable<Integer> {
    final AtomicInteger taken = new AtomicInteger();

    @Override
    public Iterator<Integer> iterator() {
      return Stream.generate(taken::getAndIncrement).iterator();
    }
  }

  @Test
  @Tag("scenario-45")
  @DisplayName("no input gives no result, one gives one")
  void mapsNoneAndOne() {
    Pool pool = io(2);
    assertThat(pool.map(MapContract::doubled, List.<Integer>of()).toList()).isEmpty();
    assertThat(pool.map(MapContract::doubled, List.of(4)).toList()).containsExactly(8);
    Iterable<Integer> none = noCollection(List.of());
    assertThat(pool.map(MapContract::doubled, none).toList()).isEmpty();
  }

  @Test
  @Tag("scenario-46")
  @DisplayName("any chunk size gives the same results in the same order")
  void chunkSizesDoNotMatter() {
    Pool pool = io(2);
    for (int i = 0; i < times(1); i++) {
      for (int size : new int[] {1, 6, 40, 50}) {
        MapOption chunks = MapOption.chunkSize(size);
        assertThat(pool.map(MapContract::doubled, inputs(40), chunks).toList())
            .isEqualTo(outputs(40));
        Iterable<Integer> others = noCollection(inputs(40));
        assertThat(pool.map(MapContract::doubled, others, chunks).toList()).isEqualTo(outputs(40));
      }
      assertThat(pool.map(MapContract::doubled, inputs(40)).toList()).isEqualTo(outputs(40));
    }
  }

  @Test
  @Tag("scenario-46")
  @DisplayName("elements count as tasks, chunks do not")
  void countsElements() {
    Pool pool = io(2);
    List<Integer> unused =
        pool.map(MapContract::doubled, inputs(40), MapOption.chunkSize(6)).toList();
    PoolStats stats = pool.stats();
    assertThat(stats.submitted()).isEqualTo(40);
    assertThat(stats.succeeded()).isEqualTo(40);
  }

  @Test
  @Tag("scenario-49")
  @DisplayName("a failure surfaces at its own element, also within a chunk")
  void failsAlone() {
    Pool pool = io(2);
    for (int size : new int[] {1, 3}) {
      Iterator<Integer> results =
          pool.map(MapContract::oddFails, inputs(7), MapOption.chunkSize(size)).iterator();
      for (int i = 0; i < 7; i++) {
        if (i % 2 == 0) {
          assertThat(results.next()).isEqualTo(i);
        } else {
          assertThatExceptionOfType(CompletionException.class)
              .isThrownBy(results::next)
              .withStackTraceContaining("odd " + i);
        }
      }
      assertThat(results.hasNext()).isFalse();
      assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(results::next);
    }
  }

  static int timesOut(int input) throws TimeoutException {
    if (input >= 0) {
      throw new TimeoutException("of task " + input);
    }
    return input;
  }

  @Test
  @Tag("scenario-50")
  @DisplayName("a timeout that the task throws is not the batch's")
  void tellsTimeoutsApart() {
    Pool pool = io(2);
    for (MapOption[] options :
        List.of(new MapOption[0], new MapOption[] {MapOption.timeout(Duration.ofMinutes(1))})) {
      Iterator<Integer> results = pool.map(MapContract::timesOut, inputs(2), options).iterator();
      for (int i = 0; i < 2; i++) {
        assertThatExceptionOfType(CompletionException.class)
            .isThrownBy(results::next)
            .withCauseInstanceOf(TimeoutException.class);
      }
      assertThat(results.hasNext()).isFalse();
    }
  }

  @Test
  @Tag("scenario-55")
  @DisplayName("what was accepted runs without being iterated, also after shutdown")
  void runsByItself() throws Exception {
    for (int i = 0; i < times(1); i++) {
      Pool pool = io(2);
      Batch<Integer> batch = pool.map(MapContract::doubled, inputs(10));
      pool.shutdown();
      assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
      assertThat(batch.progress().done()).isEqualTo(10);
      assertThat(batch.toList()).isEqualTo(outputs(10));
      closeAll(); // Rounds are many at times; each has worker JVMs of its own.
    }
  }

  private static Iterable<Integer> failingAt(int position) {
    return () ->
        IntStream.range(0, 20)
            .mapToObj(
                i -> {
                  if (i == position) {
                    throw new IllegalStateException("input " + i);
                  }
                  return i;
                })
            .iterator();
  }

  @Test
  @Tag("scenario-56")
  @DisplayName("inputs that throw within the buffer throw from the call, later at next()")
  void inputsThrow() {
    Pool pool = io(2);
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> pool.map(MapContract::doubled, failingAt(3), MapOption.chunkSize(1)))
        .withMessage("input 3");
    for (int size : new int[] {2, 4}) {
      Iterator<Integer> results =
          pool.map(
                  MapContract::doubled,
                  failingAt(7),
                  MapOption.chunkSize(size),
                  MapOption.buffer(4))
              .iterator();
      for (int i = 0; i < 7; i++) {
        assertThat(results.next()).isEqualTo(2 * i);
      }
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(results::next)
          .withMessage("input 7");
      assertThat(results.hasNext()).isFalse();
    }
    assertThat(pool.map(MapContract::doubled, inputs(4)).toList()).isEqualTo(outputs(4));
  }

  @Test
  @Tag("scenario-59")
  @DisplayName("an endless iterable gives results for ever, within its buffer")
  void mapsEndless() {
    Pool pool = io(2);
    Endless endless = new Endless();
    try (Batch<Integer> batch = pool.map(MapContract::doubled, endless, MapOption.buffer(2))) {
      Iterator<Integer> results = batch.iterator();
      for (int i = 0; i < 100; i++) {
        assertThat(results.next()).isEqualTo(2 * i);
        assertThat(endless.taken.get()).isLessThanOrEqualTo(i + 3);
      }
    }
  }

  @Test
  @Tag("scenario-59")
  @DisplayName("through a buffer of 2, what was handed out is not kept, nor is the buffer left")
  void mapsManyThroughALittleBuffer() {
    mapMany(2_000);
  }

  @Test
  @Tag("slow")
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  @Tag("scenario-59")
  @DisplayName("ten million elements leave no memory behind")
  void mapsTenMillion() {
    mapMany(isThreads() ? 10_000_000 : kind() == Kind.PROCESS ? 1_000_000 : 20_000);
  }

  private void mapMany(int count) {
    Pool pool = io(2);
    Endless endless = new Endless();
    try (Batch<Integer> batch = pool.map(MapContract::doubled, endless, MapOption.buffer(2))) {
      Iterator<Integer> results = batch.iterator();
      int half = count / 2;
      long before = 0;
      for (int i = 0; i < count; i++) {
        if (i == half) {
          before = usedBytes();
        }
        if (results.next() != 2 * i || endless.taken.get() > i + 3) {
          throw new AssertionError("element " + i + " of " + endless.taken + " taken");
        }
      }
      // A hundredth of the least that an element in memory takes, and what the test itself does.
      assertThat(usedBytes() - before).isLessThan(half + 1_000_000L);
    }
  }

  private static long usedBytes() {
    Runtime runtime = Runtime.getRuntime();
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
    }
    return used;
  }

  @Test
  @Tag("scenario-60")
  @DisplayName("when nobody iterates, exactly the buffer is taken from the inputs")
  void takesNoMoreThanTheBuffer() throws Exception {
    Pool pool = io(2);
    Endless endless = new Endless();
    Batch<Integer> batch = pool.map(MapContract::doubled, endless, MapOption.buffer(2));
    assertThat(endless.taken).hasValue(2);
    pool.shutdown();
    assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    assertThat(endless.taken).hasValue(2);
    assertThat(batch.progress().done()).isEqualTo(2);
  }

  @Test
  @Tag("scenario-61")
  @DisplayName("no inputs, within a buffer, give no result")
  void buffersNone() {
    Pool pool = io(2);
    Iterable<Integer> none = noCollection(List.of());
    assertThat(pool.map(MapContract::doubled, none, MapOption.buffer(2)).toList()).isEmpty();
  }

  @Test
  @Tag("scenario-66")
  @DisplayName("by completion, the fastest come first")
  void handsOutByCompletion() throws Exception {
    Pool pool = io(2);
    for (int i = 0; i < times(1); i++) {
      Gate gate = gate();
      int port = gate.port();
      Batch<Integer> batch =
          pool.map(
              input -> {
                if (input == 0) {
                  String unused = Gate.stop(port);
                }
                return input;
              },
              List.of(0, 1, 2),
              MapOption.chunkSize(1));
      List<Integer> order = new ArrayList<>();
      for (Task<Integer> task : batch.asCompleted()) {
        order.add(task.resultNow());
        if (order.size() == 2) {
          gate.next().letGo();
        }
      }
      assertThat(order).hasSize(3).endsWith(0);
    }
  }

  @Test
  @DisplayName("the progress listener is told of the end, and never by two threads at once")
  void reportsProgress() throws Exception {
    for (int i = 0; i < times(1); i++) {
      Pool pool = io(2);
      Queue<BatchProgress> reports = new ConcurrentLinkedQueue<>();
      AtomicInteger listening = new AtomicInteger();
      AtomicInteger most = new AtomicInteger();
      List<Integer> results =
          pool.map(
                  MapContract::doubled,
                  inputs(40),
                  MapOption.progress(
                      progress -> {
                        most.accumulateAndGet(listening.incrementAndGet(), Math::max);
                        reports.add(progress);
                        listening.decrementAndGet();
                      }))
              .toList();
      assertThat(results).hasSize(40);
      BatchProgress last = null;
      while (last == null || last.done() < 40) {
        LockSupport.parkNanos(100_000);
        for (BatchProgress next; (next = reports.poll()) != null; ) {
          last = next;
        }
      }
      assertThat(last.total()).hasValue(40);
      assertThat(last.remaining()).hasValue(Duration.ZERO);
      assertThat(most).hasValue(1);
      closeAll();
    }
  }

  @Test
  void hasOneIterator() {
    Batch<Integer> batch = open(Shape.of("io", 1)).pool("io").map(n -> n + 1, List.of(1, 2));

    assertThat(batch.iterator()).isSameAs(batch.iterator());
    assertThat(batch.iterator().next()).isEqualTo(2);
    assertThat(batch.iterator().next()).isEqualTo(3);
  }
}
