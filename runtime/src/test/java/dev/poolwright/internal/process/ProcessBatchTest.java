package dev.poolwright.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.Batch;
import dev.poolwright.MapOption;
import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.Task;
import dev.poolwright.TaskSerializationException;
import dev.poolwright.TaskTimeoutException;
import dev.poolwright.WorkerCrashedException;
import dev.poolwright.contract.Gate;
import dev.poolwright.internal.LeavesNothingBehind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Batches on process pools: a chunk is one frame, and every element ends by itself. */
@Timeout(120)
@ExtendWith(LeavesNothingBehind.class)
@SuppressWarnings("serial") // Lambdas that travel may use what is not public here.
class ProcessBatchTest {

  private static Pools pools(ProcessPoolConfig config) {
    return Pools.builder().pool(config).build();
  }

  private static ProcessPoolConfig cpu(int workers) {
    return ProcessPoolConfig.named("cpu").maxWorkers(workers).jvmArgs("-Xmx64m");
  }

  /** Leaves a file for each run of an input, so that two runs of one are seen. */
  private static int traced(String directory, int input) throws IOException {
    Files.createFile(Path.of(directory, "run-" + input));
    return input;
  }

  private static List<Integer> runs(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("run-"))
          .map(name -> Integer.valueOf(name.substring(4)))
          .sorted()
          .toList();
    }
  }

  private static List<Task<Integer>> tasks(Batch<Integer> batch) {
    List<Task<Integer>> all = new ArrayList<>();
    batch.tasks().forEach(all::add);
    return all;
  }

  private static void await(Path file) {
    while (!Files.exists(file)) {
      LockSupport.parkNanos(100_000);
    }
  }

  @Test
  @Tag("scenario-46")
  @DisplayName("any chunk size gives the same results in the same order")
  void chunkSizesDoNotMatter() {
    List<Integer> inputs = IntStream.range(0, 40).boxed().toList();
    try (Pools pools = pools(cpu(2))) {
      Pool pool = pools.pool("cpu");
      for (int size : new int[] {6, 40, 50}) {
        assertThat(pool.map(i -> i * 2, inputs, MapOption.chunkSize(size)).toList())
            .isEqualTo(inputs.stream().map(i -> i * 2).toList());
      }
      List<Integer> many = IntStream.range(0, 10_000).boxed().toList();
      assertThat(pool.map(i -> i, many).toList()).isEqualTo(many);
      assertThat(pool.map(i -> i, many, MapOption.chunkSize(9_000)).toList()).isEqualTo(many);
    }
  }

  @Test
  @Tag("scenario-49")
  @DisplayName("a failure surfaces at its element; its chunk is done all the same")
  void failsOneElement() {
    try (Pools pools = pools(cpu(1))) {
      Pool pool = pools.pool("cpu");
      Iterator<Integer> results =
          pool.map(i -> 6 / i, List.of(3, 2, 0, 1, 6), MapOption.chunkSize(3)).iterator();
      assertThat(results.next()).isEqualTo(2);
      assertThat(results.next()).isEqualTo(3);
      assertThatThrownBy(results::next).hasCauseInstanceOf(ArithmeticException.class);
      assertThat(results.next()).isEqualTo(6);
      assertThat(results.next()).isEqualTo(1);
      assertThat(pool.stats().workersStarted()).isEqualTo(1);
    }
  }

  @Test
  @Tag("scenario-49")
  @DisplayName("arguments and results that cannot travel fail their element alone")
  void unreadableElementsFailAlone() {
    try (Pools pools = pools(cpu(1))) {
      Pool pool = pools.pool("cpu");
      List<Object> inputs = List.of("a", new Thread(), "b", "bad", "c");
      Batch<Object> batch =
          pool.map(o -> o.equals("bad") ? new Thread() : o, inputs, MapOption.chunkSize(5));
      List<Task<Object>> all = new ArrayList<>();
      batch.tasks().forEach(all::add);
      assertThat(all.get(0).join()).isEqualTo("a");
      assertThatThrownBy(all.get(1)::join)
          .hasCauseInstanceOf(TaskSerializationException.class)
          .hasMessageContaining("argument cannot be written");
      assertThat(all.get(2).join()).isEqualTo("b");
      assertThatThrownBy(all.get(3)::join)
          .hasCauseInstanceOf(TaskSerializationException.class)
          .hasMessageContaining("result cannot be written");
      assertThat(all.get(4).join()).isEqualTo("c");
    }
  }

  @Test
  @Tag("scenario-60")
  @DisplayName("a buffer of 2 takes two elements in the call; 61: no inputs, no results")
  void takesNoMoreThanTheBuffer() {
    AtomicInteger taken = new AtomicInteger();
    Iterable<Integer> inputs = () -> Stream.generate(taken::incrementAndGet).iterator();
    try (Pools pools = pools(cpu(1))) {
      Pool pool = pools.pool("cpu");
      try (Batch<Integer> batch = pool.map(i -> i, inputs, MapOption.buffer(2))) {
        assertThat(taken).hasValue(2);
        assertThat(batch.iterator().next()).isEqualTo(1);
      }
      assertThat(pool.map(i -> i, List.<Integer>of(), MapOption.buffer(2)).toList()).isEmpty();
    }
  }

  @Test
  @Tag("scenario-62")
  @DisplayName("the time limit of each element kills its worker; its neighbours are done")
  void limitsEachElement() {
    try (Pools pools = pools(cpu(1).timeout(Duration.ofSeconds(3)))) {
      Pool pool = pools.pool("cpu");
      List<Task<Integer>> all =
          tasks(
              pool.map(
                  i -> {
                    while (i == 2) {
                      Thread.onSpinWait();
                    }
                    return i;
                  },
                  List.of(0, 1, 2, 3, 4),
                  MapOption.chunkSize(5)));
      assertThatThrownBy(all.get(2)::join).hasCauseInstanceOf(TaskTimeoutException.class);
      for (int i : new int[] {0, 1, 3, 4}) {
        assertThat(all.get(i).join()).isEqualTo(i);
      }
      assertThat(pool.stats().workersStarted()).isEqualTo(2);
      assertThat(pool.stats().workersCrashed()).isZero();
    }
  }

  @Test
  @Tag("scenario-64")
  @DisplayName("a cancel of the running element kills; a queued one of its chunk never runs")
  void cancelsOneElement(@TempDir Path directory) throws IOException {
    String at = directory.toString();
    try (Pools pools = pools(cpu(1))) {
      Pool pool = pools.pool("cpu");
      List<Task<Integer>> all =
          tasks(
              pool.map(
                  i -> {
                    int same = traced(at, i);
                    while (i == 1) {
                      Thread.onSpinWait();
                    }
                    return same;
                  },
                  List.of(0, 1, 2, 3, 4, 5),
                  MapOption.chunkSize(6)));
      await(directory.resolve("run-1"));
      assertThat(all.get(0).join()).isZero();
      assertThat(all.get(3).cancel(true)).isTrue();
      assertThat(all.get(1).cancel(true)).isTrue();
      assertThatThrownBy(all.get(1)::join).isInstanceOf(CancellationException.class);
      for (int i : new int[] {2, 4, 5}) {
        assertThat(all.get(i).join()).isEqualTo(i);
      }
      assertThat(runs(directory)).containsExactly(0, 1, 2, 4, 5);
    }
  }

  @Test
  @Tag("scenario-65")
  @DisplayName("a crash fails the element that ran; nothing runs twice, nothing is lost")
  void survivesCrashes(@TempDir Path directory) throws IOException {
    String at = directory.toString();
    List<Integer> inputs = IntStream.range(0, 60).boxed().toList();
    try (Pools pools = pools(cpu(2))) {
      Pool pool = pools.pool("cpu");
      List<Task<Integer>> all =
          tasks(
              pool.map(
                  i -> {
                    int same = traced(at, i);
                    if (i % 20 == 7) {
                      Runtime.getRuntime().halt(9);
                    }
                    return same;
                  },
                  inputs,
                  MapOption.chunkSize(20)));
      int failed = 0;
      for (int i : inputs) {
        try {
          assertThat(all.get(i).join()).isEqualTo(i);
        } catch (CompletionException e) {
          failed++;
          assertThat(e).hasCauseInstanceOf(WorkerCrashedException.class);
          WorkerCrashedException crash = (WorkerCrashedException) e.getCause();
          assertThat(crash.crash().resultLost()).isEqualTo(i % 20 != 7);
          assertThat(i % 20).isLessThanOrEqualTo(7);
        }
      }
      assertThat(failed).isGreaterThanOrEqualTo(3);
      assertThat(runs(directory)).isEqualTo(inputs);
    }
  }

  @Test
  @Tag("scenario-112")
  @DisplayName("an element counts as a task for maxTasksPerWorker")
  void recyclesByElements() {
    try (Pools pools = pools(cpu(1).maxTasksPerWorker(4))) {
      Pool pool = pools.pool("cpu");
      List<Long> pids =
          pool.map(
                  i -> ProcessHandle.current().pid(),
                  IntStream.range(0, 10).boxed().toList(),
                  MapOption.chunkSize(10))
              .toList();
      assertThat(pids.stream().distinct()).hasSize(3);
      assertThat(pids.subList(0, 4).stream().distinct()).hasSize(1);
      assertThat(pool.stats().workersCrashed()).isZero();
    }
  }

  @Test
  @Tag("scenario-66")
  @DisplayName("in the order of their ends, a slow element comes last")
  void theFastestComesFirst() throws IOException {
    try (Gate gate = new Gate();
        Pools pools = pools(cpu(2))) {
      Pool pool = pools.pool("cpu");
      int port = gate.port();
      List<Integer> order = new ArrayList<>();
      for (Task<Integer> task :
          pool.map(
                  i -> {
                    if (i == 0) {
                      String unused = Gate.stop(port);
                    }
                    return i;
                  },
                  List.of(0, 1, 2),
                  MapOption.chunkSize(1))
              .asCompleted()) {
        order.add(task.join());
        if (order.size() == 2) {
          gate.next().letGo();
        }
      }
      assertThat(order).hasSize(3).endsWith(0);
    }
  }

  @Test
  @Tag("scenario-239")
  @DisplayName("a process that a task started is killed with its worker JVM")
  void killsGrandchildren(@TempDir Path directory) throws IOException {
    String file = directory.resolve("pid").toString();
    try (Pools pools = pools(cpu(1))) {
      Task<Long> task =
          pools
              .pool("cpu")
              .submit(
                  () -> {
                    Process child = new ProcessBuilder("sleep", "1000").start();
                    Path written = Path.of(file + ".new");
                    Files.writeString(written, Long.toString(child.pid()));
                    Files.move(written, Path.of(file));
                    return (long) child.waitFor();
                  });
      await(Path.of(file));
      long pid = Long.parseLong(Files.readString(Path.of(file)));
      assertThat(task.cancel(true)).isTrue();
      ProcessHandle.of(pid).ifPresent(handle -> handle.onExit().join());
      assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }
  }
}
