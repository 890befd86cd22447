package dev.poolwright.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.poolwright.Job;
import dev.poolwright.MapOption;
import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.Task;
import dev.poolwright.TaskContext;
import dev.poolwright.TaskProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running method knows its task, in whatever JVM it runs. */
abstract class ContextContract extends PoolContract {

  private static String name() {
    return TaskContext.current().name();
  }

  @Test
  void knowsItsName() {
    Pool pool = io(1);
    Task<String> task = pool.submit(() -> name());
    assertThat(task.join()).isEqualTo(task.name()).isEqualTo("io.submit(ContextContract lambda)");
    assertThat(pool.map(n -> name(), MapContract.inputs(3), MapOption.chunkSize(3)).toList())
        .containsOnly("io.map(ContextContract lambda)");
    assertThat(TaskContext.find()).isEmpty();
  }

  @Test
  void knowsWhatIsLeftOfItsLimit() {
    needsWorkers();
    Pool pool = io(Shape.of("io", 1).timeout(Duration.ofMinutes(10)));
    Duration left = pool.submit(() -> TaskContext.current().remaining().orElseThrow()).join();
    assertThat(left).isPositive().isLessThanOrEqualTo(Duration.ofMinutes(10));
    Job<Boolean> isUnlimited = () -> TaskContext.current().remaining().isEmpty();
    assertThat(io(1).submit(isUnlimited).join()).isTrue();
  }

  @Test
  @DisplayName("progress reaches the listeners here; the latest is never lost while the task runs")
  void reportsProgress() throws Exception {
    Pool pool = io(1);
    for (int i = 0; i < times(1); i++) {
      Gate gate = gate();
      int port = gate.port();
      LinkedBlockingQueue<TaskProgress> reports = new LinkedBlockingQueue<>();
      Task<String> task =
          pool.submit(
              () -> {
                String unused = Gate.stop(port);
                for (int n = 0; n <= 100; n++) {
                  TaskContext.current().progress(n / 100.0, "step " + n);
                }
                return Gate.stop(port);
              });
      Task<String> same = task.onProgress(reports::add);
      assertThat(same).isSameAs(task);
      gate.next().letGo();
      TaskProgress last;
      do {
        last = reports.take();
      } while (!last.message().equals("step 100"));
      assertThat(last.fraction()).isCloseTo(1.0, within(0.0));
      gate.next().letGo();
      assertThat(task.join()).isNotNull();
    }
  }

  @Test
  @DisplayName("a listener that comes after the last report hears it all the same")
  void tellsALateListener() throws Exception {
    Gate gate = gate();
    int port = gate.port();
    Task<String> task =
        io(1)
            .submit(
                () -> {
                  TaskContext.current().progress(0.5, "half");
                  return Gate.stop(port);
                });
    Gate.Visitor visitor = gate.next();
    LinkedBlockingQueue<String> reports = new LinkedBlockingQueue<>();
    Task<String> same = task.onProgress(now -> reports.add("first: " + now.message()));
    assertThat(reports.take()).isEqualTo("first: half");
    same = same.onProgress(now -> reports.add("second: " + now.message()));
    assertThat(reports.take()).isEqualTo("second: half");
    visitor.letGo();
    assertThat(same.join()).isNotNull();
    assertThat(reports).isEmpty();
  }

  @Test
  @DisplayName("the progress of an element of a chunk reaches the listeners of that element")
  void reportsProgressOfElements() throws Exception {
    Gate gate = gate();
    int port = gate.port();
    LinkedBlockingQueue<String> reports = new LinkedBlockingQueue<>();
    for (Task<String> task :
        io(1)
            .map(
                input -> {
                  String unused = Gate.stop(port);
                  TaskContext.current().progress(0.5, "half of " + input);
                  return Gate.stop(port);
                },
                MapContract.inputs(3),
                MapOption.chunkSize(3))
            .tasks()) {
      Task<String> same = task.onProgress(now -> reports.add(now.message() + " by " + task.name()));
      assertThat(same).isSameAs(task);
    }
    for (int i = 0; i < 3; i++) {
      gate.next().letGo();
      assertThat(reports.take()).isEqualTo("half of " + i + " by io.map(ContextContract lambda)");
      gate.next().letGo();
    }
  }

  /** What a task does that is to be cancelled: it says so, and goes on until it knows. */
  private static Job<Integer> untilCancelled(int port, String file) {
    return () -> {
      TaskContext me = TaskContext.current();
      me.onCancel(() -> touch(file));
      try {
        String unused = Gate.stop(port);
      } catch (IOException e) {
        // Interrupted.
      }
      while (!me.isCancelled()) {
        LockSupport.parkNanos(100_000);
      }
      touch(file + ".cancelled");
      return 1;
    };
  }

  private static void touch(String file) {
    try {
      Files.createFile(Path.of(file));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @Tag("scenario-140")
  @DisplayName("a cancel runs the clean-up once, and the method sees isCancelled")
  void cleansUp(@TempDir Path directory) throws Exception {
    Pools pools =
        isThreads()
            ? open(Shape.of("io", 1))
            : open(
                Pools.builder()
                    .pool(
                        ProcessPoolConfig.named("io")
                            .maxWorkers(1)
                            .cancelGrace(Duration.ofSeconds(50))));
    Pool pool = pools.pool("io");
    for (int i = 0; i < times(1); i++) {
      Gate gate = gate();
      Path file = directory.resolve("clean-" + i);
      Task<Integer> task = pool.submit(untilCancelled(gate.port(), file.toString()));
      gate.next();
      assertThat(task.cancel(true)).isTrue();
      assertThat(pool.submit(() -> 7).get(50, TimeUnit.SECONDS)).isEqualTo(7);
      awaitFile(file);
      awaitFile(directory.resolve("clean-" + i + ".cancelled"));
    }
  }

  private static void awaitFile(Path file) {
    while (!Files.exists(file)) {
      LockSupport.parkNanos(100_000);
    }
  }
}
