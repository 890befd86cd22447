package dev.poolwright.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.poolwright.Batch;
import dev.poolwright.CallOption;
import dev.poolwright.MapOption;
import dev.poolwright.Pool;
import dev.poolwright.PoolStats;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.TaskStatus;
import dev.poolwright.Tasks;
import dev.poolwright.WaitFor;
import dev.poolwright.spi.Call;
import dev.poolwright.spi.CallSite;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever users' code and their loggers throw, and whenever: every accepted task ends once, no
 * thread is lost, the figures add up, close returns in time, and later work is as before.
 */
@SuppressWarnings("try") // A broken logger is there to be called by others.
abstract class ForeignCodeContract extends PoolContract {

  /** What is thrown. */
  enum Thrown {
    CHECKED {
      @Override
      Throwable make() {
        return new Exception("on purpose");
      }
    },
    UNCHECKED {
      @Override
      Throwable make() {
        return new IllegalStateException("on purpose");
      }
    },
    FULL_HEAP {
      @Override
      Throwable make() {
        return new OutOfMemoryError("on purpose");
      }
    },
    FULL_STACK {
      @Override
      Throwable make() {
        return new StackOverflowError("on purpose");
      }
    },
    MUTE {
      @Override
      Throwable make() {
        return new Work.MuteException();
      }
    };

    abstract Throwable make();

    /** Throws it. */
    final void sneak() {
      Thrown.<RuntimeException>sneak(make());
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> void sneak(Throwable thrown) throws E {
      throw (E) thrown;
    }
  }

  record Fail() implements Call<Work, Integer> {
    @Override
    public Integer on(Work none) {
      throw new Work.MuteException();
    }
  }

  /** As many workers as before run tasks, the figures add up, and the end comes in time. */
  private static void assertUnharmed(Pools pools, int workers) throws Exception {
    Pool pool = pools.pool("io");
    List<Task<Integer>> later = new ArrayList<>();
    for (int i = 0; i < 10 * workers; i++) {
      later.add(pool.submit(() -> Work.power(2, 3)));
    }
    for (Task<Integer> each : later) {
      assertThat(each.get(30, TimeUnit.SECONDS)).isEqualTo(8);
    }
    long start = System.nanoTime();
    pools.close(Duration.ofSeconds(20));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(21));
    PoolStats stats = pool.stats();
    assertThat(stats.running()).isZero();
    assertThat(stats.queued()).isZero();
    assertThat(stats.workers()).isZero();
    assertThat(stats.succeeded() + stats.failed() + stats.cancelled()).isEqualTo(stats.submitted());
  }

  @ParameterizedTest
  @EnumSource(Thrown.class)
  void callbacksAndLoggersThatThrowHarmNothing(Thrown thrown) throws Exception {
    Pools pools = open(Shape.of("io", 2));
    CallSite<Work> site =
        CallSite.<Work>ofStatic(Work.class, "fail()", "io")
            .onFailure("first(Throwable)", (none, failure) -> thrown.sneak())
            .onDone("second(Task)", (Work none, Task<Integer> task) -> thrown.sneak())
            .open(pools);
    try (BrokenHandler broken = new BrokenHandler(thrown::sneak)) {
      for (int i = 0; i < 6; i++) {
        Task<Integer> task = site.submit(null, new Fail());
        CountDownLatch told = new CountDownLatch(1);
        task.onDone(done -> thrown.sneak());
        task.onDone(done -> told.countDown());
        assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(task.status()).isEqualTo(TaskStatus.FAILED);
      }
      assertUnharmed(pools, 2);
    }
  }

  @ParameterizedTest
  @EnumSource(Thrown.class)
  void listenersAndHandlersThatThrowHarmNothing(Thrown thrown) throws Exception {
    CountDownLatch heard = new CountDownLatch(1);
    Pools pools = open(Pools.builder().pool(Shape.of("io", 2).config(kind())));
    try (BrokenHandler broken = new BrokenHandler(thrown::sneak)) {
      List<Integer> inputs = List.of(1, 2, 3, 4, 5, 6, 7, 8);
      try (Batch<Integer> batch =
          pools
              .pool("io")
              .map(
                  number -> Work.power(number, 2),
                  inputs,
                  MapOption.buffer(1),
                  MapOption.progress(
                      progress -> {
                        if (progress.done() == inputs.size()) {
                          heard.countDown();
                        }
                        thrown.sneak();
                      }))) {
        assertThat(batch.toList()).containsExactly(1, 4, 9, 16, 25, 36, 49, 64);
      }
      assertThat(heard.await(30, TimeUnit.SECONDS)).isTrue();
      Task<Integer> dropped = pools.pool("io").submit(() -> Work.fail("dropped"));
      awaitDone(dropped);
      assertUnharmed(pools, 2);
    }
  }

  @ParameterizedTest
  @EnumSource(Thrown.class)
  void stagesThatThrowHarmNothing(Thrown thrown) throws Exception {
    Pools pools = open(Shape.of("io", 2));
    Gate gate = gate();
    int port = gate.port();
    Task<?> task = pools.pool("io").submit(Quiet.stopAt(port));
    CompletableFuture<?> watched =
        task.handle(
            (value, failure) -> {
              thrown.sneak();
              return 1;
            });
    CountDownLatch told = new CountDownLatch(1);
    CompletableFuture<?> after = task.thenRun(told::countDown);
    gate.next().letGo();
    assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();
    after.get(30, TimeUnit.SECONDS);
    if (thrown != Thrown.MUTE) { // The JDK asks what a stage throws for its text, and loses it.
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(() -> watched.get(30, TimeUnit.SECONDS));
    }
    assertUnharmed(pools, 2);
  }

  /** Whoever interrupts a thread that is in it closes it, and is thrown at. */
  static final class BrokenChannel extends AbstractInterruptibleChannel {
    private final Thrown thrown;

    BrokenChannel(Thrown thrown) {
      this.thrown = thrown;
    }

    @Override
    protected void implCloseChannel() {
      thrown.sneak();
    }

    /** Says at a gate that it is in it, and waits there without an end. */
    static int wait(int port, Thrown thrown) {
      BrokenChannel channel = new BrokenChannel(thrown);
      try (Socket gate = new Socket(InetAddress.getLoopbackAddress(), port)) {
        channel.begin();
        gate.getOutputStream().write('\n');
        while (!Thread.currentThread().isInterrupted()) {
          LockSupport.park(channel);
        }
        channel.end(true);
        return 1;
      } catch (IOException e) {
        return 2; // As it was interrupted.
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Thrown.class)
  void interruptsThatThrowHarmNothing(Thrown thrown) throws Exception {
    Pools pools = open(Shape.of("io", 2));
    Gate gate = gate();
    int port = gate.port();
    for (int i = 0; i < 3; i++) {
      Task<Integer> task = pools.pool("io").submit(() -> BrokenChannel.wait(port, thrown));
      Gate.Visitor visitor = gate.next();
      CountDownLatch told = new CountDownLatch(1);
      task.onDone(done -> told.countDown());
      assertThat(task.cancel(true)).isTrue();
      assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();
      visitor.awaitGone();
    }
    assertUnharmed(pools, 2);
  }

  @Test
  void interruptsOfALimitAndOfAnEndMayThrow() throws Exception {
    Pools pools = open(Shape.of("io", 2));
    Gate gate = gate();
    int port = gate.port();
    // Long enough for a worker JVM that has just started to come to the gate.
    Pool limited = pools.pool("io").with(CallOption.timeout(Duration.ofSeconds(2)));
    Task<Integer> task = limited.submit(() -> BrokenChannel.wait(port, Thrown.FULL_STACK));
    gate.next().awaitGone();
    awaitDone(task);
    assertThat(task.status()).isEqualTo(TaskStatus.FAILED);
    assertUnharmed(pools, 2);
  }

  @Test
  void stopsThatThrowHarmNothing() throws Exception {
    Pools pools = open(Shape.of("io", 2));
    Gate gate = gate();
    int port = gate.port();
    List<Task<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      tasks.add(pools.pool("io").submit(() -> BrokenChannel.wait(port, Thrown.FULL_HEAP)));
      gate.next();
    }
    assertThat(tasks.get(0).cancel(false)).isTrue(); // It goes on, unseen.
    long start = System.nanoTime();
    pools.close(Duration.ZERO);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    for (Task<Integer> each : tasks) {
      assertThat(each.status()).isEqualTo(TaskStatus.CANCELLED);
    }
  }

  @ParameterizedTest
  @EnumSource(Thrown.class)
  void inputsThatThrowHarmNothing(Thrown thrown) throws Exception {
    Pools pools = open(Shape.of("io", 2));
    Iterable<Integer> inputs =
        () ->
            new Iterator<>() {
              private int next;

              @Override
              public boolean hasNext() {
                return true;
              }

              @Override
              public Integer next() {
                if (next == 5) {
                  thrown.sneak();
                }
                return next++;
              }
            };
    int got = 0;
    Throwable failure = null;
    try (Batch<Integer> batch =
        pools.pool("io").map(number -> Work.power(number, 2), inputs, MapOption.buffer(2))) {
      for (Integer square : batch) {
        assertThat(square).isEqualTo(got * got);
        got++;
      }
    } catch (Throwable e) {
      failure = e;
    }
    assertThat(got).isEqualTo(5);
    assertThat(failure).hasSameClassAs(thrown.make());
    assertUnharmed(pools, 2);
  }

  @Test
  @DisplayName("a failure whose text cannot be read is a failure like any other")
  void failuresThatCannotBeReadAreLikeAnyOther() throws Exception {
    Pools pools = open(Shape.of("io", 2));
    List<String> seen = new ArrayList<>();
    CountDownLatch told = new CountDownLatch(1);
    CallSite<Work> site =
        CallSite.<Work>ofStatic(Work.class, "fail()", "io")
            .onFailure("first(Throwable)", (none, failure) -> seen.add("failure"))
            .onEither(
                "second(Integer, Throwable)",
                (Work none, Integer value, Throwable failure) -> seen.add("either"))
            .onDone("third(Task)", (Work none, Task<Integer> task) -> told.countDown())
            .open(pools);
    Task<Integer> task = site.submit(null, new Fail());
    CompletableFuture<Integer> derived = task.thenApply(value -> value + 1);
    CompletableFuture<Throwable> handled = task.handle((value, failure) -> failure);
    assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(seen).containsExactly("failure", "either");

    assertThat(Tasks.await(List.of(task, derived), WaitFor.ALL_COMPLETED).notDone()).isEmpty();
    assertThat(handled.get()).isNotNull();
    assertThat(isMute(task.exceptionNow())).isTrue();
    assertThat(task.toString()).contains("Completed exceptionally");
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(task::get)
        .matches(e -> isMute(e.getCause()));
    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(task::join)
        .matches(e -> isMute(e.getCause()));
    assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> task.getNow(1));
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> derived.get(30, TimeUnit.SECONDS));
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> Tasks.allOf(List.of(task)).get(30, TimeUnit.SECONDS));
    assertUnharmed(pools, 2);
  }

  /** Its stage fails with what has no text. */
  record FailLater() implements Call<Work, Integer> {
    @Override
    public CompletionStage<Integer> on(Work none) {
      return CompletableFuture.failedFuture(new Work.MuteException());
    }
  }

  @Test
  @DisplayName("a stage may fail with what cannot be read, too")
  void stagesMayFailWithWhatCannotBeRead() throws Exception {
    Pools pools = open(Shape.of("io", 1));
    CallSite<Work> site =
        CallSite.<Work>ofStatic(Work.class, "failLater()", "io").returnsStage().open(pools);
    Task<Integer> task = site.submit(null, new FailLater());
    assertThat(task.handle((value, failure) -> 1).get(30, TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(isMute(task.exceptionNow())).isTrue();
    assertUnharmed(pools, 1);
  }

  @SuppressWarnings("TypeParameterUnusedInFormals") // It returns nothing.
  private static <V> V throwMute() {
    throw new Work.MuteException();
  }

  private static final List<Function<CompletableFuture<Integer>, CompletableFuture<?>>>
      MUTE_STAGES =
          List.of(
              task -> task.thenApply(value -> throwMute()),
              task -> task.thenApplyAsync(value -> throwMute()),
              task -> task.thenAccept(value -> throwMute()),
              task -> task.thenRun(() -> throwMute()),
              task -> task.thenCompose(value -> throwMute()),
              task -> task.thenCombine(task, (one, other) -> throwMute()),
              task -> task.thenAcceptBoth(task, (one, other) -> throwMute()),
              task -> task.runAfterEither(task, () -> throwMute()),
              task -> task.handle((value, failure) -> throwMute()),
              task -> task.whenComplete((value, failure) -> throwMute()),
              task ->
                  task.thenApply(value -> Integer.parseInt(""))
                      .exceptionally(failure -> throwMute()),
              task -> task.thenApply(value -> throwMute()).thenApply(value -> value),
              task -> task.newIncompleteFuture().completeAsync(() -> throwMute()));

  @Test
  @DisplayName("a function of a stage may throw what cannot be read, before and after its source")
  void functionsOfStagesMayThrowWhatCannotBeRead() throws Exception {
    Pools pools = open(Shape.of("io", 2));
    for (Function<CompletableFuture<Integer>, CompletableFuture<?>> stage : MUTE_STAGES) {
      CompletableFuture<Integer> source =
          pools.pool("io").submit(() -> Work.power(2, 2)).newIncompleteFuture();
      CompletableFuture<?> before = stage.apply(source);
      assertThat(source.complete(4)).isTrue();
      for (CompletableFuture<?> each : List.of(before, stage.apply(source))) {
        assertThatExceptionOfType(ExecutionException.class)
            .isThrownBy(() -> each.get(30, TimeUnit.SECONDS))
            .matches(e -> isMute(e.getCause()));
      }
    }
    assertUnharmed(pools, 2);
  }

  @Test
  @DisplayName("a batch throws what cannot be read as any other failure, and goes on")
  void batchesMayFailWithWhatCannotBeRead() throws Exception {
    Pools pools = open(Shape.of("io", 1));
    int results = 0;
    int failures = 0;
    try (Batch<Integer> batch =
        pools.pool("io").map(number -> mute(number), List.of(1, 2, 3, 4), MapOption.chunkSize(1))) {
      for (Iterator<Integer> all = batch.iterator(); all.hasNext(); ) {
        try {
          results += all.next() > 0 ? 1 : 0;
        } catch (CompletionException e) {
          failures++;
        }
      }
    }
    assertThat(results).isEqualTo(3);
    assertThat(failures).isEqualTo(1);
    assertUnharmed(pools, 1);
  }

  private static boolean isMute(Throwable failure) {
    return failure.getClass().getName().contains("Mute")
        || String.valueOf(failure.getMessage()).contains("Mute");
  }

  @Test
  void failFastEndsABatchWhoseFailureCannotBeRead() throws Exception {
    Pools pools = open(Shape.of("io", 1));
    try (Batch<Integer> batch =
        pools.pool("io").map(number -> mute(number), List.of(1, 2, 3, 4), MapOption.failFast())) {
      int ended = 0;
      for (Task<Integer> each : batch.asCompleted()) {
        assertThat(each.isDone()).isTrue();
        ended++;
      }
      assertThat(ended).isEqualTo(4);
    }
    assertUnharmed(pools, 1);
  }

  private static int mute(int number) throws InterruptedException {
    if (number == 2) {
      Thread.sleep(50); // So that somebody waits for it.
      throw new Work.MuteException();
    }
    return number;
  }

  @Test
  @DisplayName("exceptions of users are passed on, and never changed")
  void allOfLeavesExceptionsAlone() throws Exception {
    Pools pools = open(Shape.of("io", 2));
    IllegalStateException shared = new IllegalStateException("shared");
    CompletableFuture<Integer> first = CompletableFuture.failedFuture(shared);
    CompletableFuture<Integer> second = CompletableFuture.failedFuture(new Exception("second"));
    CompletableFuture<List<Integer>> all = null;
    for (int i = 0; i < 1_000; i++) {
      all = Tasks.allOf(List.of(first, second, first));
    }
    assertThat(shared.getSuppressed()).isEmpty();
    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(all::join)
        .withCause(shared)
        .satisfies(
            e ->
                assertThat(e.getSuppressed())
                    .extracting(Throwable::getMessage)
                    .containsExactly("second"));
    assertUnharmed(pools, 2);
  }
}
