package dev.poolwright.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.Batch;
import dev.poolwright.MapOption;
import dev.poolwright.Pool;
import dev.poolwright.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A batch takes its inputs when it should, on the thread that should, and blocks nobody. */
abstract class MapFeedContract extends PoolContract {

  @Test
  @Tag("scenario-55")
  @DisplayName("a map of a collection returns at once, though the queue is full")
  void neverBlocks() throws Exception {
    for (int i = 0; i < times(1); i++) {
      Pool pool = io(Shape.of("io", 1).queue(1));
      Gate gate = gate();
      int port = gate.port();
      Task<?> running = pool.submit(Quiet.stopAt(port));
      gate.next();
      Task<Integer> queued = pool.submit(() -> 7);
      Batch<Integer> batch = pool.map(MapContract::doubled, MapContract.inputs(50));
      assertThat(batch.progress().done()).isZero();
      gate.close();
      assertThat(batch.toList()).isEqualTo(MapContract.outputs(50));
      assertThat(queued.join()).isEqualTo(7);
      assertThat(running.join()).isNull();
      closeAll(); // Rounds are many at times; each has worker JVMs of its own.
    }
  }

  @Test
  @Tag("scenario-56")
  @DisplayName("the inputs of a collection are those of the call")
  void takesReferencesInTheCall() throws Exception {
    Pool pool = io(1);
    Gate gate = gate();
    int port = gate.port();
    Task<?> running = pool.submit(Quiet.stopAt(port));
    gate.next();
    List<Integer> inputs = new ArrayList<>(MapContract.inputs(20));
    Batch<Integer> batch = pool.map(MapContract::doubled, inputs, MapOption.buffer(2));
    Collections.fill(inputs, 0);
    inputs.clear();
    gate.close();
    assertThat(batch.toList()).isEqualTo(MapContract.outputs(20));
    assertThat(running.join()).isNull();
  }

  @Test
  @Tag("scenario-60")
  @DisplayName("of a collection no more than the buffer is submitted, and each end feeds more")
  void submitsNoMoreThanTheBuffer() throws Exception {
    for (int i = 0; i < times(1); i++) {
      Pool pool = io(1);
      Gate gate = gate();
      int port = gate.port();
      Batch<String> batch =
          pool.map(input -> Gate.stop(port), MapContract.inputs(5), MapOption.buffer(2));
      Gate.Visitor first = gate.next();
      assertThat(pool.stats().submitted()).isEqualTo(2);
      first.letGo();
      for (int n = 1; n < 5; n++) {
        Gate.Visitor next = gate.next();
        assertThat(pool.stats().submitted()).isEqualTo(Math.min(5, 2 + n));
        next.letGo();
      }
      assertThat(batch.toList()).hasSize(5);
      assertThat(pool.stats().submitted()).isEqualTo(5);
      closeAll();
    }
  }

  @Test
  @Tag("scenario-60")
  @DisplayName("what is no collection is pulled by the call and by the thread that iterates")
  void pullsOnTheThreadThatIterates() {
    Pool pool = io(2);
    Set<Thread> pulled = ConcurrentHashMap.newKeySet();
    Iterable<Integer> inputs =
        () ->
            Stream.iterate(0, n -> n + 1)
                .limit(200)
                .peek(n -> pulled.add(Thread.currentThread()))
                .iterator();
    List<Integer> results = new ArrayList<>();
    for (Iterator<Integer> all = pool.map(MapContract::doubled, inputs).iterator();
        all.hasNext(); ) {
      results.add(all.next());
    }
    assertThat(results).isEqualTo(MapContract.outputs(200));
    assertThat(pulled).containsExactly(Thread.currentThread());
  }

  @Test
  @Tag("scenario-60")
  @DisplayName("tasks that were handed out count against the buffer until they are done")
  void countsWhatIsNotDone() throws Exception {
    for (int i = 0; i < times(1); i++) {
      Pool pool = io(2);
      Gate gate = gate();
      int port = gate.port();
      MapContract.Endless endless = new MapContract.Endless();
      Batch<String> batch = pool.map(input -> Gate.stop(port), endless, MapOption.buffer(2));
      Iterator<Task<String>> tasks = batch.tasks().iterator();
      Task<String> first = tasks.next();
      Task<String> second = tasks.next();
      Gate.Visitor one = gate.next();
      gate.next();
      assertThat(endless.taken).hasValue(2);
      one.letGo();
      Task<String> third = tasks.next(); // One of the two has made room.
      assertThat(endless.taken.get()).isEqualTo(3);
      batch.cancel();
      assertThat(List.of(first, second, third)).allMatch(Task::isDone);
      gate.close();
      closeAll();
    }
  }
}
