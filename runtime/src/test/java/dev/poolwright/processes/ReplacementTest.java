package dev.poolwright.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.BrokenPoolException;
import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.Task;
import dev.poolwright.WorkerCrashedException;
import dev.poolwright.WorkerStartException;
import dev.poolwright.contract.Gate;
import dev.poolwright.internal.LeavesNothingBehind;
import dev.poolwright.internal.LogLines;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Worker JVMs that take the place of others. */
@Timeout(120)
@ExtendWith(LeavesNothingBehind.class)
class ReplacementTest {

  @ParameterizedTest
  @CsvSource({"1, 2, 6", "2, 2, 8"})
  @Tag("scenario-97")
  @DisplayName("a backlog on workers that are replaced after two tasks is worked off")
  void worksOffABacklog(int workers, int tasksPerWorker, int count) throws Exception {
    try (Cpu cpu = new Cpu(Cpu.config(workers).maxTasksPerWorker(tasksPerWorker))) {
      List<Task<Long>> tasks = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        tasks.add(cpu.submit(Cpu::ownPid));
      }
      Map<Long, Long> tasksOf =
          tasks.stream().collect(Collectors.groupingBy(Task::join, Collectors.counting()));
      assertThat(tasksOf.values())
          .hasSizeGreaterThanOrEqualTo(count / tasksPerWorker)
          .allMatch(ran -> ran <= tasksPerWorker);
      assertThat(cpu.pool.stats().workersCrashed()).isZero();
    }
  }

  @Test
  @Tag("scenario-96")
  @DisplayName("a worker that has run enough has a successor before there is a task for it")
  void startsSuccessor() throws Exception {
    try (Cpu cpu = new Cpu(Cpu.config(1).maxTasksPerWorker(2))) {
      long first = cpu.pid();
      assertThat(cpu.pid()).isEqualTo(first);
      long successor = awaitOther(first);
      assertThat(cpu.pool.stats().workersStarted()).isEqualTo(2);
      assertThat(cpu.pid()).isEqualTo(successor);
      assertThat(cpu.pool.stats().workersStarted()).isEqualTo(2);
    }
  }

  private static long awaitOther(long pid) {
    while (true) {
      List<ProcessHandle> all = ProcessHandle.current().children().toList();
      if (all.size() == 1 && all.get(0).pid() != pid) {
        return all.get(0).pid();
      }
      LockSupport.parkNanos(100_000);
    }
  }

  @Test
  @DisplayName("a successor that nobody needs is retired like any other idle worker")
  void retiresSuccessor() throws Exception {
    ProcessPoolConfig config = Cpu.config(1).maxTasksPerWorker(1).keepAlive(Duration.ofMillis(1));
    try (Cpu cpu = new Cpu(config)) {
      long first = cpu.pid();
      while (cpu.pool.stats().workersStarted() < 2
          || ProcessHandle.current().children().findAny().isPresent()) {
        LockSupport.parkNanos(100_000);
      }
      assertThat(cpu.pid()).isNotEqualTo(first);
      assertThat(cpu.pool.stats().workersCrashed()).isZero();
    }
  }

  @Test
  @Tag("scenario-99")
  @DisplayName("after shutdown a worker that has run enough is replaced for what is queued")
  void replacesAfterShutdown() throws Exception {
    try (Cpu cpu = new Cpu(Cpu.config(2).maxTasksPerWorker(1))) {
      Cpu.Held<Integer> held = cpu.hold(() -> 0);
      List<Task<Long>> tasks = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        tasks.add(cpu.submit(Cpu::ownPid));
      }
      cpu.pool.shutdown();
      held.visitor().letGo();
      assertThat(cpu.pool.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
      assertThat(tasks.stream().map(Task::resultNow).distinct()).hasSize(4);
      assertThat(ProcessHandle.current().children()).isEmpty();
    }
  }

  static int add(int number) {
    if (number < 0) {
      throw new IllegalArgumentException("negative");
    }
    return number;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  @Tag("scenario-205")
  @DisplayName("a failure among tasks of one-task workers after shutdown costs no result")
  void sumsUp(int workers) throws Exception {
    try (Cpu cpu = new Cpu(Cpu.config(workers).maxTasksPerWorker(1))) {
      List<Task<Integer>> tasks = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        int number = i == 2 ? -1 : i;
        tasks.add(cpu.submit(() -> add(number)));
      }
      cpu.pool.shutdown();
      assertThat(cpu.pool.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
      assertThatThrownBy(tasks.remove(2)::join).hasCauseInstanceOf(IllegalArgumentException.class);
      assertThat(tasks.stream().mapToInt(Task::resultNow).sum()).isEqualTo(1 + 3 + 4 + 5);
    }
  }

  @Test
  @Tag("scenario-115")
  @DisplayName("more workers than CPUs run at once")
  void runsMoreThanCpus() throws Exception {
    int workers = Math.min(2 * Runtime.getRuntime().availableProcessors() + 2, 6);
    try (Gate gate = new Gate();
        Cpu cpu = new Cpu(Cpu.config(workers).jvmArgs("-Xmx16m"))) {
      int port = gate.port();
      List<Task<String>> tasks = new ArrayList<>();
      List<Gate.Visitor> visitors = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        tasks.add(cpu.submit(() -> Gate.stop(port)));
      }
      for (int i = 0; i < workers; i++) {
        visitors.add(gate.next()); // The last one comes although nobody has left.
      }
      for (Gate.Visitor visitor : visitors) {
        visitor.letGo();
      }
      assertThat(tasks.stream().map(Task::join)).hasSize(workers);
    }
  }

  /** Takes its time to be serialized. */
  static final class Slow implements Serializable {
    private static final long serialVersionUID = 1;

    private void writeObject(ObjectOutputStream out) throws IOException {
      LockSupport.parkNanos(4_000_000); // Longer than the worker is kept.
      out.defaultWriteObject();
    }
  }

  @Test
  @Tag("scenario-111")
  @DisplayName("a worker that is retired while an argument is serialized fails no task")
  void survivesRetirementDuringSubmit() throws Exception {
    try (Cpu cpu = new Cpu(Cpu.config(1).keepAlive(Duration.ofMillis(1)))) {
      Slow slow = new Slow();
      for (int i = 0; i < 10; i++) {
        int number = i;
        Task<Integer> task = cpu.submit(() -> slow == null ? -1 : number);
        assertThat(task.join()).isEqualTo(i);
      }
      assertThat(cpu.pool.stats().workersCrashed()).isZero();
    }
  }

  @Test
  @Tag("scenario-125")
  @DisplayName("a worker that ended with exit code 127 is not used again")
  void usesNoDeadWorker() throws Exception {
    try (Cpu cpu = Cpu.of(1)) {
      long pid = cpu.pid();
      Task<Integer> task = cpu.submit(() -> WorkerCrashTest.halt(127));
      assertThatThrownBy(task::join)
          .hasCauseInstanceOf(WorkerCrashedException.class)
          .hasMessageContaining("exit code 127");
      assertThat(cpu.pid()).isNotEqualTo(pid);
    }
  }

  @Test
  @DisplayName("a worker that takes long to exit is no stall: no other one starts beside it")
  void waitsForSlowExits() throws Exception {
    try (LogLines log = new LogLines();
        Cpu cpu =
            new Cpu(Cpu.config(1).maxTasksPerWorker(1).exitTimeout(Duration.ofMillis(2_500)))) {
      long pid =
          cpu.submit(
                  () -> {
                    Runtime.getRuntime().addShutdownHook(new Thread(OutputTest::spin));
                    return Cpu.ownPid();
                  })
              .join();
      List<Task<Boolean>> behind = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        behind.add(cpu.submit(() -> Cpu.isAlive(pid)));
      }
      assertThat(behind.stream().map(Task::join)).containsOnly(false);
      assertThat(log.lines()).isEmpty();
    }
  }

  @Test
  @Tag("scenario-101")
  @DisplayName("when no replacement can be started, what is queued fails, and says why")
  void failsWhatIsQueued(@TempDir Path empty) throws Exception {
    String home = System.getProperty("java.home");
    try (Cpu cpu = Cpu.of(1)) {
      Cpu.Held<Long> held = cpu.hold(Cpu::ownPid);
      List<Task<Long>> queued = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        queued.add(cpu.submit(Cpu::ownPid));
      }
      System.setProperty("java.home", empty.toString());
      held.task().cancel(true);
      for (Task<Long> each : queued) {
        Cpu.awaitDone(each);
      }
      for (Task<Long> each : queued.subList(0, 3)) {
        assertThat(each.exceptionNow())
            .isInstanceOf(WorkerStartException.class)
            .hasMessageContaining("could not be started: ");
      }
      for (Task<Long> each : queued.subList(3, 5)) {
        assertThat(each.exceptionNow())
            .isInstanceOf(BrokenPoolException.class)
            .hasMessageContaining("3 worker JVMs in a row could not be started");
      }
    } finally {
      System.setProperty("java.home", home);
    }
  }

  @Test
  @Tag("scenario-174")
  @DisplayName("new pools of the same name work, for every caller, when the old one is broken")
  void worksAfterABrokenPool() throws Exception {
    try (Cpu broken = new Cpu(Cpu.config(1).jvmArgs("-Xmxxxx7m"))) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(broken.submit(Cpu::ownPid)::join).isNotNull();
      }
      assertThatThrownBy(() -> broken.submit(Cpu::ownPid)).isInstanceOf(BrokenPoolException.class);
      try (Pools pools = Pools.builder().pool(Cpu.config(2)).build()) {
        Pool pool = pools.pool("cpu");
        List<FutureTask<Long>> callers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          FutureTask<Long> caller = new FutureTask<>(() -> pool.submit(Cpu::ownPid).join());
          callers.add(caller);
          new Thread(caller, "caller").start();
        }
        for (FutureTask<Long> caller : callers) {
          assertThat(caller.get()).isPositive();
        }
      }
      assertThatThrownBy(() -> broken.submit(Cpu::ownPid)).isInstanceOf(BrokenPoolException.class);
    }
  }
}
