package dev.poolwright.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.BrokenPoolException;
import dev.poolwright.CallOption;
import dev.poolwright.Job;
import dev.poolwright.MapOption;
import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.Task;
import dev.poolwright.TaskContext;
import dev.poolwright.TaskProgress;
import dev.poolwright.TaskSerializationException;
import dev.poolwright.TaskTimeoutException;
import dev.poolwright.WorkerCrashedException;
import dev.poolwright.WorkerStartException;
import dev.poolwright.contract.Gate;
import dev.poolwright.internal.LeavesNothingBehind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(LeavesNothingBehind.class)
class ProcessPoolTest {

  private static ProcessPoolConfig cpu(int workers) {
    return ProcessPoolConfig.named("cpu").maxWorkers(workers).jvmArgs("-Xmx64m");
  }

  private static Pools pools(ProcessPoolConfig config) {
    return Pools.builder().pool(config).build();
  }

  @Test
  @Tag("scenario-1")
  @Tag("scenario-94")
  @DisplayName("submits one after another run in one worker JVM, which is not this one")
  @Timeout(600)
  void runsInOneWorker() {
    for (int round = 0; round < Integer.getInteger("poolwright.repeat", 1); round++) {
      try (Pools pools = pools(cpu(4))) {
        Pool pool = pools.pool("cpu");
        Set<Long> pids = new HashSet<>();
        for (int i = 0; i < 3; i++) {
          pids.add(pool.submit(() -> ProcessHandle.current().pid()).join());
        }
        assertThat(pids).hasSize(1).doesNotContain(ProcessHandle.current().pid());
        assertThat(pool.stats().workersStarted()).isEqualTo(1);
        assertThat(pool.submit(() -> Math.pow(2, 8)).join()).isEqualTo(256.0);
      }
    }
  }

  @Test
  @Timeout(600)
  @Tag("scenario-94")
  @DisplayName("a task after a batch finds the worker JVM of the batch")
  void runsAfterABatchInOneWorker() {
    for (int round = 0; round < Integer.getInteger("poolwright.repeat", 1); round++) {
      try (Pools pools = pools(cpu(4))) {
        Pool pool = pools.pool("cpu");
        for (int i = 0; i < 3; i++) {
          assertThat(pool.map(x -> 2 * x, List.of(1, 2, 3), MapOption.chunkSize(3)).toList())
              .containsExactly(2, 4, 6);
          assertThat(pool.submit(() -> 7).join()).isEqualTo(7);
        }
        assertThat(pool.stats().workersStarted()).isEqualTo(1);
      }
    }
  }

  @Test
  @Tag("scenario-92")
  @DisplayName("five tasks on two workers use two worker JVMs")
  void usesAsManyWorkersAsAllowed() throws IOException {
    try (Gate gate = new Gate();
        Pools pools = pools(cpu(2))) {
      int port = gate.port();
      List<Task<Long>> tasks = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        tasks.add(
            pools
                .pool("cpu")
                .submit(
                    () -> {
                      Gate.stop(port);
                      return ProcessHandle.current().pid();
                    }));
      }
      Gate.Visitor first = gate.next();
      Gate.Visitor second = gate.next();
      first.letGo();
      second.letGo();
      for (int i = 2; i < tasks.size(); i++) {
        gate.next().letGo();
      }
      assertThat(tasks.stream().map(Task::join).distinct()).hasSize(2);
    }
  }

  @Test
  @Tag("scenario-96")
  @DisplayName("after three tasks a worker JVM is replaced by another")
  void replacesWorkersByTasks() {
    try (Pools pools = pools(cpu(1).maxTasksPerWorker(3))) {
      List<Long> pids = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        pids.add(pools.pool("cpu").submit(() -> ProcessHandle.current().pid()).join());
      }
      assertThat(pids.subList(0, 3)).containsOnly(pids.get(0));
      assertThat(pids.get(3)).isNotEqualTo(pids.get(0));
    }
  }

  @Test
  @Tag("scenario-19")
  @DisplayName("a task that fails does not affect the next one")
  void goesOnAfterFailure() {
    try (Pools pools = pools(cpu(1))) {
      Task<Object> failed =
          pools
              .pool("cpu")
              .submit(
                  () -> {
                    throw new IllegalStateException("no");
                  });
      assertThatThrownBy(failed::join)
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(IllegalStateException.class)
          .hasStackTraceContaining("thrown in worker JVM cpu-1");
      assertThat(pools.pool("cpu").submit(() -> 2).join()).isEqualTo(2);
    }
  }

  @Test
  @Tag("scenario-132")
  @Tag("scenario-134")
  @DisplayName("a cancelled run is killed, and the task behind it runs elsewhere")
  void killsCancelledRun() throws InterruptedException {
    try (Pools pools = pools(cpu(1))) {
      Pool pool = pools.pool("cpu");
      long first = pool.submit(() -> ProcessHandle.current().pid()).join();
      Started started = new Started();
      Task<Integer> spinning = started.submitSpin(pool);
      Task<Long> behind = pool.submit(() -> ProcessHandle.current().pid());
      assertThat(spinning.cancel(true)).isTrue();
      assertThatThrownBy(spinning::join).isInstanceOf(CancellationException.class);
      assertThat(behind.join()).isNotEqualTo(first);
      assertThat(ProcessHandle.of(first).map(ProcessHandle::isAlive).orElse(false)).isFalse();
    }
  }

  @Test
  @Tag("scenario-145")
  @Tag("scenario-147")
  @DisplayName("a run over its limit is killed, and the next task runs on another worker")
  void killsAtTheLimit() {
    try (Pools pools = pools(cpu(1).timeout(Duration.ofSeconds(2)))) {
      Pool pool = pools.pool("cpu");
      Task<Integer> spinning =
          pool.submit(
              () -> {
                while (System.nanoTime() != 0) {
                  Thread.onSpinWait();
                }
                return 1;
              });
      assertThatThrownBy(spinning::join).hasCauseInstanceOf(TaskTimeoutException.class);
      assertThat(pool.with(CallOption.noTimeout()).submit(() -> 7).join()).isEqualTo(7);
    }
  }

  @Test
  @Tag("scenario-80")
  @DisplayName("by the time onDone runs, the worker JVM of a stopped task is gone")
  void reapsBeforeCallbacks() throws InterruptedException {
    try (Pools pools = pools(cpu(1))) {
      Pool pool = pools.pool("cpu");
      long pid = pool.submit(() -> ProcessHandle.current().pid()).join();
      Task<Integer> spinning = new Started().submitSpin(pool);
      BlockingQueue<Boolean> alive = new LinkedBlockingQueue<>();
      Task<Integer> unused =
          spinning.onDone(
              task -> alive.add(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)));
      spinning.cancel(true);
      assertThat(alive.poll(30, TimeUnit.SECONDS)).isFalse();
    }
  }

  @Test
  @Tag("scenario-140")
  @DisplayName("with a cancel grace the run is interrupted, and its worker JVM stays")
  void interruptsWithGrace() throws InterruptedException {
    try (Pools pools = pools(cpu(1).cancelGrace(Duration.ofSeconds(30)))) {
      Pool pool = pools.pool("cpu");
      long pid = pool.submit(() -> ProcessHandle.current().pid()).join();
      CountDownLatch started = new CountDownLatch(1);
      Task<Integer> sleeping =
          pool.submit(
              () -> {
                TaskContext.current().progress(0.5, "sleeps");
                Thread.sleep(60_000);
                return 1;
              });
      Task<Integer> unused = sleeping.onProgress(progress -> started.countDown());
      assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
      sleeping.cancel(true);
      assertThat(pool.submit(() -> ProcessHandle.current().pid()).join()).isEqualTo(pid);
    }
  }

  @Test
  @DisplayName("progress of a run reaches its task")
  void reportsProgress() throws Exception {
    try (Gate gate = new Gate();
        Pools pools = pools(cpu(1))) {
      int port = gate.port();
      BlockingQueue<TaskProgress> seen = new LinkedBlockingQueue<>();
      Task<Integer> task =
          pools
              .pool("cpu")
              .submit(
                  () -> {
                    Gate.stop(port);
                    TaskContext.current().progress(0.25, "a quarter");
                    Gate.stop(port);
                    return 1;
                  });
      Gate.Visitor before = gate.next();
      Task<Integer> unused = task.onProgress(seen::add);
      before.letGo();
      assertThat(seen.poll(30, TimeUnit.SECONDS)).isEqualTo(new TaskProgress(0.25, "a quarter"));
      gate.next().letGo();
      assertThat(task.join()).isEqualTo(1);
    }
  }

  @Test
  @Tag("scenario-162")
  @Tag("scenario-175")
  @DisplayName("a crash fails its task with pid, exit code and last words, and no other")
  void reportsCrash() {
    try (Pools pools = pools(cpu(1))) {
      Pool pool = pools.pool("cpu");
      Task<Object> crashed =
          pool.submit(
              () -> {
                System.err.println("so long");
                Runtime.getRuntime().halt(42);
                return null;
              });
      Task<Integer> next = pool.submit(() -> 1);
      assertThatThrownBy(crashed::join)
          .hasCauseInstanceOf(WorkerCrashedException.class)
          .hasMessageContaining("terminated abruptly with exit code 42")
          .hasMessageContaining("so long");
      assertThat(next.join()).isEqualTo(1);
      assertThat(pool.stats().workersCrashed()).isEqualTo(1);
    }
  }

  @Test
  @Tag("scenario-169")
  @DisplayName("an idle worker JVM that is killed fails no task")
  void replacesKilledIdleWorker() {
    try (Pools pools = pools(cpu(1))) {
      Pool pool = pools.pool("cpu");
      long pid = pool.submit(() -> ProcessHandle.current().pid()).join();
      ProcessHandle handle = ProcessHandle.of(pid).orElseThrow();
      handle.destroyForcibly();
      handle.onExit().join();
      assertThat(pool.submit(() -> ProcessHandle.current().pid()).join()).isNotEqualTo(pid);
    }
  }

  @Test
  @Tag("scenario-105")
  @Tag("scenario-119")
  @DisplayName("workers that cannot start fail tasks with the JVM's words, then the pool")
  void breaksWhenNothingStarts() {
    try (Pools pools = pools(ProcessPoolConfig.named("cpu").maxWorkers(1).jvmArgs("-Xmxxxx7m"))) {
      Pool pool = pools.pool("cpu");
      assertThatThrownBy(pool.submit(() -> 1)::join)
          .hasCauseInstanceOf(WorkerStartException.class)
          .hasMessageContaining("Invalid maximum heap size: -Xmxxxx7m");
      assertThatThrownBy(pool.submit(() -> 2)::join).hasCauseInstanceOf(WorkerStartException.class);
      assertThatThrownBy(pool.submit(() -> 3)::join).hasCauseInstanceOf(WorkerStartException.class);
      assertThatThrownBy(() -> pool.submit(() -> 4))
          .isInstanceOf(BrokenPoolException.class)
          .hasMessageContaining("3 worker JVMs in a row could not be started");
    }
  }

  @Test
  @Tag("scenario-176")
  @Tag("scenario-194")
  @DisplayName("work that is not Serializable fails, and the text says what to do")
  void refusesUnserializable() {
    try (Pools pools = pools(cpu(1))) {
      Pool pool = pools.pool("cpu");
      Runnable plain = () -> {};
      assertThatThrownBy(pool.submit(plain)::join)
          .hasCauseInstanceOf(TaskSerializationException.class)
          .hasMessageContaining("is not Serializable; pass it as a Job, Action or JobFunction");
      assertThat(pool.stats().submitted()).isEqualTo(1);
      assertThat(pool.stats().failed()).isEqualTo(1);
      assertThat(pool.submit(() -> 1).join()).isEqualTo(1);
    }
  }

  @Test
  @Tag("scenario-180")
  @DisplayName("a result that is not Serializable fails its task, and the worker JVM stays")
  void refusesUnserializableResult() {
    try (Pools pools = pools(cpu(1))) {
      Pool pool = pools.pool("cpu");
      long pid = pool.submit(() -> ProcessHandle.current().pid()).join();
      Job<Object> bad = Thread::new;
      assertThatThrownBy(pool.submit(bad)::join)
          .hasCauseInstanceOf(TaskSerializationException.class)
          .hasMessageContaining("result cannot be written: class java.lang.Thread");
      assertThat(pool.submit(() -> ProcessHandle.current().pid()).join()).isEqualTo(pid);
    }
  }

  @Test
  @Tag("scenario-110")
  @DisplayName("idle worker JVMs are retired, and later ones take their place")
  void retiresIdleWorkers() {
    try (Pools pools = pools(cpu(2).keepAlive(Duration.ofMillis(50)))) {
      Pool pool = pools.pool("cpu");
      for (int i = 0; i < 2; i++) {
        long pid = pool.submit(() -> ProcessHandle.current().pid()).join();
        ProcessHandle.of(pid).ifPresent(handle -> handle.onExit().join());
      }
      assertThat(pool.stats().workersStarted()).isEqualTo(2);
      assertThat(pool.stats().workersCrashed()).isZero();
    }
  }

  @Test
  @Tag("scenario-211")
  @Tag("scenario-212")
  @DisplayName("close waits for every task, and the worker JVMs are gone")
  void closes() {
    Pools pools = pools(cpu(2));
    Pool pool = pools.pool("cpu");
    Task<Long> task =
        pool.submit(
            () -> {
              Thread.sleep(100);
              return ProcessHandle.current().pid();
            });
    pools.close();
    assertThat(task).isCompleted();
    assertThat(ProcessHandle.current().children()).isEmpty();
    assertThatThrownBy(() -> pool.submit(() -> 1)).isInstanceOf(RejectedExecutionException.class);
  }

  /** A run that tells when it has begun. */
  private static final class Started {
    private final CountDownLatch latch = new CountDownLatch(1);

    Task<Integer> submitSpin(Pool pool) throws InterruptedException {
      Task<Integer> task =
          pool.submit(
              () -> {
                int turns = 0;
                while (System.nanoTime() != 0) {
                  if (turns++ % 1_000_000 == 0) {
                    TaskContext.current().progress(0.5, "spins");
                  }
                }
                return turns;
              });
      Task<Integer> unused = task.onProgress(progress -> latch.countDown());
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
      return task;
    }
  }
}
