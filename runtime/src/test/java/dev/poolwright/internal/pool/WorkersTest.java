package dev.poolwright.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.TaskContext;
import dev.poolwright.annotation.SaturationPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The threads of a pool: how many, how they are called, when they end. */
@SuppressWarnings("serial") // What is submitted here could travel, but never does.
final class WorkersTest extends ThreadPools {

  @Test
  @Tag("scenario-82")
  @DisplayName("without maxWorkers, as many as CPUs")
  void withoutANumberThereAreAsManyAsCpus() {
    Pool pool = open(io(0)).pool("io");
    assertThat(pool.stats().maxWorkers()).isEqualTo(Runtime.getRuntime().availableProcessors());
  }

  @Test
  @Tag("scenario-84")
  @DisplayName("three sequential tasks use one thread")
  void reusesAnIdleThread() {
    for (int round = 0; round < times(); round++) {
      Pool pool = open(io(4)).pool("io");
      Set<Thread> threads = new HashSet<>();
      for (int i = 0; i < 3; i++) {
        Thread worker = pool.submit(Thread::currentThread).join();
        threads.add(worker);
        // It is idle, and so the next task is its own.
        awaitState(worker, Thread.State.TIMED_WAITING);
      }
      assertThat(threads).extracting(Thread::getName).containsExactly("io-1");
      assertThat(pool.stats().workersStarted()).isEqualTo(1);
    }
  }

  @Test
  @Tag("scenario-196")
  @DisplayName("a hundred submits return while the only worker is held up, and all complete")
  void submitsWhileTheWorkerIsHeldUp() {
    Pool pool = open(io(1)).pool("io");
    CountDownLatch release = new CountDownLatch(1);
    Task<?> holdsUp = pool.submit(() -> await(release));
    List<Task<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      int number = i;
      tasks.add(pool.submit(() -> number));
    }
    assertThat(tasks).noneMatch(Task::isDone);
    release.countDown();
    for (int i = 0; i < 100; i++) {
      assertThat(tasks.get(i).join()).isEqualTo(i);
    }
    assertThat(holdsUp.join()).isNull();
  }

  @Test
  @Tag("scenario-85")
  @DisplayName("four workers at once are io-1 to io-4")
  void numbersItsThreads() throws Exception {
    Pool pool = open(io(4)).pool("io");
    CyclicBarrier together = new CyclicBarrier(4);
    Callable<String> work =
        () -> {
          together.await();
          return Thread.currentThread().getName();
        };
    Set<String> threads = new TreeSet<>();
    for (Future<String> done : pool.invokeAll(Collections.nCopies(4, work))) {
      threads.add(done.get());
    }
    assertThat(threads).containsExactly("io-1", "io-2", "io-3", "io-4");
  }

  @Test
  void startsNothingBeforeTheFirstTask() {
    Pool pool = open(io(4)).pool("io");
    assertThat(pool.stats().workers()).isZero();
    assertThat(threadNames()).noneMatch(name -> name.startsWith("io-"));
  }

  @Test
  void prestarts() {
    Pool pool = open(io(4).prestart(2)).pool("io");
    assertThat(pool.stats().workers()).isEqualTo(2);
    assertThat(threadNames()).contains("io-1", "io-2").doesNotContain("io-3");
  }

  private static List<String> threadNames() {
    return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
  }

  @Test
  void idleThreadsEndAfterKeepAlive() throws Exception {
    Pool pool = open(io(2).keepAlive(Duration.ofMillis(1))).pool("io");
    for (int round = 0; round < 20; round++) {
      Thread worker = pool.submit(Thread::currentThread).join();
      worker.join();
      assertThat(pool.stats().workers()).isZero();
    }
    assertThat(pool.stats().workersStarted()).isEqualTo(20);
  }

  @Test
  @Tag("scenario-111")
  @DisplayName("keep-alive ends a worker while a task is submitted: it runs all the same")
  void keepAliveLosesNoTask() {
    Pool pool = open(io(1).keepAlive(Duration.ofNanos(50_000))).pool("io");
    for (int i = 0; i < 500 * Math.min(20, times()); i++) {
      assertThat(pool.submit(() -> 1).join()).isEqualTo(1);
    }
  }

  @Test
  void anInterruptEndsAnIdleThread() throws Exception {
    Pool pool = open(io(1)).pool("io");
    Thread worker = pool.submit(Thread::currentThread).join();
    awaitState(worker, Thread.State.TIMED_WAITING);
    worker.interrupt();
    worker.join();
    assertThat(pool.stats().workers()).isZero();
    assertThat(pool.submit(() -> 7).join()).isEqualTo(7);
  }

  @Test
  void anInterruptEndsEveryIdleThread() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    Pool pool = open(io(1).timeout(Duration.ofSeconds(60))).pool("io");
    CountDownLatch called = new CountDownLatch(1);
    Task<?> cancelled = pool.submit(() -> await(new CountDownLatch(1)));
    cancelled.onDone(task -> called.countDown());
    cancelled.cancel(true);
    await(called);
    awaitIdle(pool);
    Task<?> failed =
        pool.submit(
            () -> {
              throw new IllegalStateException("nobody looks yet");
            });
    awaitIdle(pool);
    // Keeper and callback threads too, unless they have ended by themselves.
    List<Thread> ours =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> !before.contains(thread))
            .filter(thread -> thread.getName().matches("(io|poolwright)-.*"))
            .toList();
    assertThat(ours)
        .extracting(thread -> thread.getName().replaceAll("-\\d+$", ""))
        .contains("io", "poolwright-unobserved");
    for (Thread thread : ours) {
      // Not before it is idle: an interrupt in between belongs to nobody.
      while (thread.isAlive() && thread.getState() == Thread.State.RUNNABLE) {
        LockSupport.parkNanos(100_000);
      }
      thread.interrupt();
    }
    for (Thread thread : ours) {
      thread.join();
    }
    assertThat(pool.submit(() -> 7).join()).isEqualTo(7);
    assertThat(failed.exceptionNow()).hasMessage("nobody looks yet");
  }

  @Test
  void tasksStartWithoutAnInterrupt() throws Exception {
    Pool pool = open(io(1)).pool("io");
    Task<?> interrupts = pool.submit(() -> Thread.currentThread().interrupt());
    CountDownLatch called = new CountDownLatch(1);
    boolean[] flag = new boolean[1];
    interrupts.onDone(
        task -> {
          flag[0] = Thread.currentThread().isInterrupted();
          called.countDown();
        });
    called.await();
    assertThat(flag[0]).as("flag in the callback").isFalse();
    assertThat(pool.submit(() -> Thread.currentThread().isInterrupted()).join()).isFalse();
  }

  @Test
  void knowsItsTaskWhileItRunsAlone() {
    Pools pools = open(io(1));
    Pools others = open(io(1).queueCapacity(0).whenSaturated(SaturationPolicy.CALLER_RUNS));
    CountDownLatch release = new CountDownLatch(1);
    Task<?> blocks = busy(others, release);
    Task<String> task =
        pools
            .pool("io")
            .submit(
                () -> {
                  Task<String> inner = others.pool("io").submit(() -> TaskContext.current().name());
                  assertThat(inner).isCompleted();
                  return TaskContext.current().name();
                });
    assertThat(task.join()).isEqualTo(task.name());
    assertThat(TaskContext.find()).isEmpty();
    release.countDown();
    assertThat(blocks.join()).isNull();
  }
}
