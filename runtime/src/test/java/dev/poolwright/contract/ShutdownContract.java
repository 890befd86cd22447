package dev.poolwright.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.TaskStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Pools end when they are told to, with everything that they accepted. */
abstract class ShutdownContract extends PoolContract {

  @Test
  @Tag("scenario-201")
  @DisplayName("fifty tasks, then shutdown: all have their results")
  void finishesWhatWasAccepted() throws Exception {
    Pool pool = io(2);
    List<Task<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      int number = i;
      tasks.add(pool.submit(() -> number));
    }
    pool.shutdown();
    assertThat(pool.isShutdown()).isTrue();
    assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    assertThat(pool.isTerminated()).isTrue();
    for (int i = 0; i < 50; i++) {
      assertThat(tasks.get(i).resultNow()).isEqualTo(i);
    }
  }

  @Test
  @Tag("scenario-200")
  @DisplayName("shutdown returns while the queue is full")
  void shutsDownWithFullQueue() throws Exception {
    Gate gate = gate();
    int port = gate.port();
    Pool pool = io(Shape.of("io", 2).queue(1));
    List<Task<String>> tasks = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      tasks.add(pool.submit(() -> Gate.stop(port)));
    }
    gate.next().letGo();
    gate.next();
    pool.shutdown();
    gate.close();
    assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    assertThat(tasks).allMatch(Task::isDone);
  }

  @Test
  @Tag("scenario-89")
  @Tag("scenario-215")
  @DisplayName("shutdown returns at once, awaitTermination waits as long as it is told")
  void tellsWhetherAllHasEnded() throws Exception {
    Gate gate = gate();
    int port = gate.port();
    Pool pool = io(1);
    Task<String> running = pool.submit(() -> Gate.stop(port));
    Task<Integer> queued = pool.submit(() -> 1);
    gate.next();
    assertThat(pool.isShutdown()).isFalse();
    pool.shutdown();
    pool.shutdown();
    assertThat(pool.isTerminated()).isFalse();
    assertThat(pool.awaitTermination(20, TimeUnit.MILLISECONDS)).isFalse();
    gate.close();
    assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    assertThat(running.status()).isEqualTo(TaskStatus.SUCCEEDED);
    assertThat(queued.resultNow()).isEqualTo(1);
  }

  @Test
  @Tag("scenario-212")
  @DisplayName("close waits for all results")
  void closeWaits() {
    Task<Integer> last;
    Pool pool;
    try (Pools pools = open(Shape.of("io", 1))) {
      pool = pools.pool("io");
      Task<Integer> unused = pool.submit(() -> 1);
      last = pool.submit(() -> 2);
    }
    assertThat(last.resultNow()).isEqualTo(2);
    assertThat(pool.isTerminated()).isTrue();
  }

  @Test
  @Tag("scenario-220")
  @DisplayName("shutdown and shutdownNow of a pool that never started")
  void endsUnused() throws Exception {
    Pool pool = io(1);
    assertThat(pool.shutdownNow()).isEmpty();
    assertThat(pool.shutdownNow()).isEmpty();
    assertThat(pool.isTerminated()).isTrue();
    assertThat(pool.awaitTermination(0, TimeUnit.SECONDS)).isTrue();
    // Nodes of a cluster are there, whoever uses them.
    if (kind() != Kind.CLUSTER) {
      assertThat(pool.stats().workersStarted()).isZero();
    }
    pool.close();
  }

  @Test
  @Tag("scenario-219")
  @Tag("scenario-221")
  @DisplayName("a stopped task goes no further, and submits are rejected")
  void stopsRunning() throws Exception {
    Gate gate = gate();
    int port = gate.port();
    Pools pools = open(Shape.of("io", 1));
    Pool pool = pools.pool("io");
    Task<String> running = pool.submit(() -> Gate.stop(port) + Gate.stop(port));
    Task<Integer> queued = pool.submit(() -> 1);
    Gate.Visitor visitor = gate.next();
    pools.shutdownNow();
    visitor.awaitGone();
    assertThat(pools.awaitTermination(Duration.ofSeconds(30))).isTrue();
    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(running::join)
        .withMessage("pool \"io\" was stopped");
    assertThatExceptionOfType(CancellationException.class).isThrownBy(queued::join);
    assertThatExceptionOfType(RejectedExecutionException.class)
        .isThrownBy(() -> pool.submit(() -> 1));
  }

  @Test
  void callbacksMaySubmitAfterShutdownOfAll() throws Exception {
    Gate gate = gate();
    int port = gate.port();
    Pools pools = open(Shape.of("io", 1), Shape.of("cpu", 1));
    Task<String> running = pools.pool("io").submit(() -> Gate.stop(port));
    AtomicReference<Task<Integer>> late = new AtomicReference<>();
    running.onDone(task -> late.set(pools.pool("cpu").submit(() -> 5)));
    gate.next();
    pools.shutdown();
    assertThatExceptionOfType(RejectedExecutionException.class)
        .isThrownBy(() -> pools.pool("cpu").submit(() -> 1));
    gate.close();
    assertThat(pools.awaitTermination(Duration.ofSeconds(30))).isTrue();
    assertThat(late.get().resultNow()).isEqualTo(5);
  }

  @Test
  void closeWithGraceStopsWhatIsLeft() throws Exception {
    Gate gate = gate();
    int port = gate.port();
    Pools pools = open(Shape.of("io", 1));
    Task<String> running = pools.pool("io").submit(() -> Gate.stop(port));
    gate.next();
    pools.close(Duration.ofMillis(50));
    assertThat(running.isCancelled()).isTrue();
    assertThat(pools.pool("io").isTerminated()).isTrue();
  }

  @Test
  void interruptedCloseStopsWhatIsLeft() throws Exception {
    Gate gate = gate();
    int port = gate.port();
    Pools pools = open(Shape.of("io", 1));
    Task<String> running = pools.pool("io").submit(() -> Gate.stop(port));
    gate.next();
    FutureTask<Boolean> closes =
        new FutureTask<>(
            () -> {
              pools.close();
              return Thread.currentThread().isInterrupted();
            });
    Thread closer = new Thread(closes, "closer");
    closer.start();
    awaitWaiting(closer);
    closer.interrupt();
    assertThat(closes.get()).isTrue();
    closer.join();
    assertThat(running.isCancelled()).isTrue();
  }

  @Test
  void closeByACallbackIsRefused() throws Exception {
    Pools pools = open(Shape.of("io", 1));
    CompletableFuture<Throwable> refused = new CompletableFuture<>();
    pools
        .pool("io")
        .submit(() -> 1)
        .onDone(
            task -> {
              try {
                pools.close();
              } catch (Throwable e) {
                refused.complete(e);
              }
            });
    // On this thread when the task was done already; then it closes, and nothing is refused.
    if (pools.awaitTermination(Duration.ZERO)) {
      return;
    }
    assertThat(refused.get())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageMatching(
            "close\\(\\) of Pools was called by its own thread \"[\\w-]+\", which would wait for"
                + " itself; close from outside, or call shutdown\\(\\)");
  }

  @Test
  @Tag("scenario-210")
  @DisplayName("two threads close at once")
  void closesTwice() throws Exception {
    for (int round = 0; round < times(1); round++) {
      Pools pools = open(Shape.of("io", 2));
      Task<Integer> task = pools.pool("io").submit(() -> 1);
      CountDownLatch start = new CountDownLatch(1);
      List<Thread> closers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        closers.add(
            new Thread(
                () -> {
                  start.countDown();
                  pools.close();
                },
                "closer"));
      }
      closers.forEach(Thread::start);
      start.await();
      pools.close();
      for (Thread closer : closers) {
        closer.join();
      }
      assertThat(task.resultNow()).isEqualTo(1);
      closeAll(); // Rounds are many at times; each has worker JVMs of its own.
    }
  }

  @Test
  @Tag("scenario-199")
  @Tag("scenario-209")
  @DisplayName("stop at a random moment; every task is done, and nothing hangs")
  void stopsAtAnyMoment() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < times(isThreads() ? 20 : 1); round++) {
      Pools pools = open(Shape.of("io", 2).queue(4));
      List<Task<Integer>> tasks = new ArrayList<>();
      Thread submitter =
          new Thread(
              () -> {
                try {
                  for (int i = 0; i < 10_000; i++) {
                    tasks.add(pools.pool("io").submit(() -> 1));
                  }
                } catch (RejectedExecutionException e) {
                  // Stopped, as the test wants it.
                }
              },
              "submitter");
      submitter.start();
      TimeUnit.MICROSECONDS.sleep(random.nextInt(2_000)); // The moment is the test.
      pools.shutdownNow();
      pools.close();
      submitter.join();
      assertThat(tasks).as("seed %s", seed).allMatch(Task::isDone);
      closeAll();
    }
  }

  @Test
  void closeOfAPoolByItsTaskIsRefused() {
    needsWorkers();
    Pools pools = open(Shape.of("io", 1));
    assertThatIllegalStateException()
        .isThrownBy(
            () -> {
              CompletableFuture<Throwable> thrown = new CompletableFuture<>();
              Gate gate = gate();
              int port = gate.port();
              pools
                  .pool("io")
                  .submit(() -> Gate.stop(port))
                  .onDone(
                      task -> {
                        try {
                          pools.pool("io").close();
                          thrown.complete(new AssertionError("not refused"));
                        } catch (Throwable e) {
                          thrown.complete(e);
                        }
                      });
              gate.close();
              throw thrown.get();
            })
        .withMessageStartingWith("close() of pool io was called by its own thread \"");
  }
}
