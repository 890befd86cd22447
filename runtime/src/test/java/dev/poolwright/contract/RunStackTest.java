package dev.poolwright.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.poolwright.CallOption;
import dev.poolwright.Job;
import dev.poolwright.MapOption;
import dev.poolwright.Pool;
import dev.poolwright.PoolConfig;
import dev.poolwright.Pools;
import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.Task;
import dev.poolwright.TaskTimeoutException;
import dev.poolwright.TaskView;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a run was doing: at its time limit, and whenever somebody asks. */
@Timeout(60)
final class RunStackTest {

  private static int stuckHere(int port) throws IOException {
    Gate.stop(port);
    return 1;
  }

  private static Job<Integer> stuck(int port) {
    return () -> stuckHere(port);
  }

  private static int stuckDeep(int frames, int port) throws IOException {
    return frames == 0 ? stuckHere(port) : 1 + stuckDeep(frames - 1, port);
  }

  private static TaskTimeoutException limitOf(Task<?> task) {
    ExecutionException thrown = catchThrowableOfType(ExecutionException.class, task::get);
    assertThat(thrown).hasCauseInstanceOf(TaskTimeoutException.class);
    return (TaskTimeoutException) thrown.getCause();
  }

  /** What a task does now; a busy worker JVM may be late with its answer, though not each time. */
  private static List<StackTraceElement> stackOf(TaskView view) {
    List<StackTraceElement> stack = List.of();
    for (int tries = 0; tries < 20 && stack.isEmpty(); tries++) {
      stack = view.stack();
    }
    return stack;
  }

  /** What threads and worker JVMs have in common. */
  abstract static class Both extends PoolContract {

    /** A pool that waits for the answer of a busy worker JVM. */
    private Pool patient() {
      PoolConfig config = Shape.of("io", 1).config(kind());
      return open(Pools.builder()
              .pool(
                  config instanceof ProcessPoolConfig processes
                      ? processes.stuckDump(Duration.ofSeconds(20))
                      : config))
          .pool("io");
    }

    @Test
    void theFailureOfATaskThatRanTooLongHasItsStackAtTheLimit() throws Exception {
      Pool pool = patient();
      pool.submit(() -> 1).join();
      int port = gate().port();
      TaskTimeoutException failure =
          limitOf(pool.with(CallOption.timeout(limit())).submit(stuck(port)));
      assertThat(failure.hasRunStack()).isTrue();
      assertThat(failure.getStackTrace())
          .extracting(StackTraceElement::getMethodName)
          .contains("stuckHere");
      assertThat(failure.getStackTrace())
          .extracting(StackTraceElement::getClassName)
          .noneMatch(name -> name.contains("WorkerThread") || name.contains("CallRunner"));
    }

    @Test
    void ofAStackThatIsDeeperThanTheJvmTellsTheInnermostFramesAreSeen() throws Exception {
      Pool pool = io(1);
      Gate gate = gate();
      int port = gate.port();
      Task<Integer> task = pool.submit(() -> stuckDeep(2_000, port));
      gate.next();
      assertThat(stackOf(pool.tasks().get(0)))
          .hasSizeGreaterThan(1_000)
          .extracting(StackTraceElement::getMethodName)
          .contains("stuckHere");
      gate.close();
      assertThat(task.join()).isEqualTo(2_001);
    }

    @Test
    void theStackOfARunningTaskCanBeSeen() throws Exception {
      Pool pool = io(1);
      pool.submit(() -> 1).join();
      Gate gate = gate();
      Task<Integer> task = pool.submit(stuck(gate.port()));
      gate.next();
      TaskView view = pool.tasks().get(0);
      assertThat(stackOf(view)).extracting(StackTraceElement::getMethodName).contains("stuckHere");
      gate.close();
      assertThat(task.join()).isEqualTo(1);
      assertThat(view.stack()).isEmpty();
    }

    @Test
    void anElementOfABatchHasItsOwnStack() throws Exception {
      Pool pool = io(1);
      Gate gate = gate();
      int port = gate.port();
      var batch =
          pool.map(n -> n == 1 ? stuckHere(port) : n, List.of(0, 1, 2), MapOption.chunkSize(3));
      gate.next();
      Iterator<Integer> results = batch.iterator();
      assertThat(results.next()).isZero(); // Now it is known here, too, which one runs.
      List<TaskView> running = pool.tasks();
      assertThat(running).hasSize(1);
      assertThat(stackOf(running.get(0)))
          .extracting(StackTraceElement::getMethodName)
          .contains("stuckHere");
      gate.close();
      assertThat(results.next()).isOne();
      assertThat(results.next()).isEqualTo(2);
    }
  }

  @Nested
  final class Threads extends Both {
    @Override
    Kind kind() {
      return Kind.THREAD;
    }
  }

  @Nested
  final class Processes extends Both {
    @Override
    Kind kind() {
      return Kind.PROCESS;
    }

    @Test
    void noStackIsAskedForWhereThatIsSwitchedOff() throws Exception {
      ProcessPoolConfig config =
          (ProcessPoolConfig) Shape.of("io", 1).timeout(Duration.ofMillis(300)).config(kind());
      Pools pools = open(Pools.builder().pool(config.stuckDump(Duration.ZERO)));
      TaskTimeoutException failure = limitOf(pools.pool("io").submit(stuck(gate().port())));
      assertThat(failure.hasRunStack()).isFalse();
    }

    @Test
    void aWorkerThatASignalStoppedGivesNoneAndIsKilledAllTheSame() throws Exception {
      Pool pool = io(1);
      pool.submit(() -> 1).join();
      Gate gate = gate();
      Task<Integer> task = pool.with(CallOption.timeout(limit())).submit(stuck(gate.port()));
      gate.next();
      TaskView view = pool.tasks().get(0);
      String pid = Long.toString(view.pid().orElseThrow());
      Process stop = new ProcessBuilder("kill", "-STOP", pid).start();
      assertThat(stop.waitFor(10, TimeUnit.SECONDS)).isTrue();
      awaitStopped(Path.of("/proc", pid, "task"));
      assertThat(view.stack()).isEmpty();
      assertThat(limitOf(task).hasRunStack()).isFalse();
      ProcessHandle.of(Long.parseLong(pid)).ifPresent(worker -> worker.onExit().join());
    }

    /** The signal is sent before each thread has taken it. */
    private static void awaitStopped(Path threads) {
      boolean isRunning = Files.isDirectory(threads);
      while (isRunning) {
        isRunning = false;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(threads)) {
          for (Path thread : all) {
            isRunning |= !Files.readString(thread.resolve("stat")).contains(") T ");
          }
        } catch (IOException e) {
          isRunning = Files.isDirectory(threads); // A thread has ended, or all.
        }
      }
    }
  }
}
