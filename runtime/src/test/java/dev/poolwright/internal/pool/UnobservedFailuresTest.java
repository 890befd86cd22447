package dev.poolwright.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.Tasks;
import dev.poolwright.UnobservedFailure;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A failure that nobody looks at is reported once, when its task is garbage. */
@SuppressWarnings("serial") // What is submitted here could travel, but never does.
final class UnobservedFailuresTest extends ThreadPools {

  private final BlockingQueue<UnobservedFailure> reported = new LinkedBlockingQueue<>();
  private final Pools pools =
      keep(Pools.builder().pool(io(2)).onUnobservedFailure(reported::add).build());
  private final Pool pool = pools.pool("io");

  private Task<Integer> failing(String message) {
    return pool.submit(
        () -> {
          throw new IllegalStateException(message);
        });
  }

  /** Waits until a failure that nobody observes is reported; whatever came before it was first. */
  private void assertReportedAre(String... messages) throws InterruptedException {
    pool.submit(() -> 0).join();
    for (String message : messages) {
      UnobservedFailure failure = collect();
      assertThat(failure.cause()).hasMessage(message);
      assertThat(failure.pool()).isEqualTo("io");
      assertThat(failure.submitSite()).isNull();
    }
    drop("marker");
    assertThat(collect().cause()).hasMessage("marker");
  }

  private void drop(String message) {
    Task<Integer> unused = failing(message);
  }

  private UnobservedFailure collect() throws InterruptedException {
    UnobservedFailure failure = null;
    while (failure == null) {
      System.gc();
      failure = reported.poll(20, TimeUnit.MILLISECONDS);
    }
    return failure;
  }

  private void assertObservedBy(Consumer<Task<Integer>> observer) throws InterruptedException {
    observeAndForget(observer);
    assertReportedAre();
  }

  private void observeAndForget(Consumer<Task<Integer>> observer) {
    CountDownLatch release = new CountDownLatch(1);
    Task<Integer> early =
        pool.submit(
            () -> {
              await(release);
              throw new IllegalStateException("observed early");
            });
    observer.andThen(task -> {}).accept(failing("observed"));
    Thread waiter = new Thread(() -> observer.accept(early), "observer");
    waiter.start();
    release.countDown();
    try {
      waiter.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void reportsWhatNobodyLooksAt() throws Exception {
    drop("lost");
    assertReportedAre("lost");
  }

  @Test
  void reportsAFailureThatLeadsBackToItsTask() throws Exception {
    dropOneThatItsFailureReaches();
    pool.submit(() -> 0).join(); // Takes the place of the failed one in the worker.

    UnobservedFailure failure = collect();

    assertThat(failure.cause()).hasToString(Holding.class.getName() + ": holds its task");
    assertThat(failure.cause().getStackTrace()[0].getMethodName())
        .contains("dropOneThatItsFailureReaches");
  }

  private void dropOneThatItsFailureReaches() {
    CountDownLatch release = new CountDownLatch(1);
    Holding holding = new Holding();
    holding.task =
        pool.submit(
            () -> {
              await(release);
              holding.fillInStackTrace();
              throw holding;
            });
    release.countDown();
    while (!holding.task.isDone()) {
      LockSupport.parkNanos(100_000);
    }
  }

  /** Reaches the task that fails with it. */
  private static final class Holding extends RuntimeException {
    private transient Task<Integer> task;

    Holding() {
      super("holds its task");
    }
  }

  @Test
  void reportsADerivedStageInPlaceOfItsSource() throws Exception {
    deriveAndDrop();
    assertReportedAre("derived");
  }

  private void deriveAndDrop() {
    Task<Integer> unused = failing("derived").thenApply(value -> value + 1);
  }

  @Test
  void reportsWhatFunctionsOfStagesThrow() throws Exception {
    List<Function<Task<Integer>, Task<?>>> stages =
        List.of(
            source -> source.thenApply(value -> fail("thrown")),
            source -> source.thenAccept(value -> fail("thrown")),
            source -> source.thenRun(() -> fail("thrown")),
            source -> source.handle((value, failure) -> fail("thrown")));
    for (Function<Task<Integer>, Task<?>> stage : stages) {
      dropStageOfATaskThatIsDone(stage);
      assertReportedAre("thrown");
      dropStageOfATaskThatRuns(stage);
      assertReportedAre("thrown");
    }
  }

  private void dropStageOfATaskThatIsDone(Function<Task<Integer>, Task<?>> stage) {
    Task<Integer> source = pool.submit(() -> 1);
    assertThat(source.join()).isEqualTo(1);
    assertThat(stage.apply(source).isCompletedExceptionally()).isTrue();
  }

  private void dropStageOfATaskThatRuns(Function<Task<Integer>, Task<?>> stage) {
    CountDownLatch derived = new CountDownLatch(1);
    Task<?> unused = stage.apply(pool.submit(() -> await(derived), 1));
    derived.countDown();
  }

  private static int fail(String message) {
    throw new IllegalStateException(message);
  }

  @Test
  void reportsAStageThatIsFailedByHand() throws Exception {
    failStageByHand();
    assertReportedAre("by hand");
  }

  private void failStageByHand() {
    CountDownLatch failed = new CountDownLatch(1);
    Task<Integer> stage = pool.submit(() -> await(failed), 1).thenApply(value -> value + 1);
    assertThat(stage.completeExceptionally(new IllegalStateException("by hand"))).isTrue();
    failed.countDown();
  }

  @Test
  void whoeverEndsAStageAnswersForItsFunction() throws Exception {
    endWhileItsFunctionRuns(stage -> assertThat(stage.complete(1)).isTrue());
    endWhileItsFunctionRuns(stage -> assertThat(stage.cancel(true)).isTrue());
    assertReportedAre();
  }

  private void endWhileItsFunctionRuns(Consumer<Task<Integer>> end) {
    CountDownLatch derived = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    Task<Integer> source = pool.submit(() -> await(derived), 1);
    Task<Void> later = source.thenRun(() -> {}); // Derived first, it runs last.
    Task<Integer> stage =
        source.thenApply(
            value -> {
              begun.countDown();
              await(ended);
              return fail("too late");
            });
    derived.countDown();
    await(begun);
    end.accept(stage);
    ended.countDown();
    assertThat(later.join()).isNull();
  }

  @Test
  void everyLookIsAnObservation() throws Exception {
    assertObservedBy(
        task -> assertThat(task.handle((value, failure) -> failure).join()).isNotNull());
    assertObservedBy(task -> assertThat(task.exceptionally(failure -> 1).join()).isEqualTo(1));
    assertObservedBy(task -> assertThat(task).failsWithin(30, TimeUnit.SECONDS));
    assertObservedBy(
        task -> {
          Task<Integer> unused = task.onDone(done -> {});
        });
    assertObservedBy(
        task -> {
          Task<Integer> unused = task.whenComplete((value, failure) -> {});
        });
    assertObservedBy(
        task -> {
          Task<Integer> unused = task.whenCompleteAsync((value, failure) -> {});
        });
  }

  @Test
  void otherStagesTakeTheDutyOver() throws Exception {
    assertObservedBy(
        task -> {
          CompletionStage<Integer> minimal = task.minimalCompletionStage();
          assertThat(minimal.handle((value, failure) -> failure).toCompletableFuture().join())
              .isNotNull();
        });
    assertObservedBy(
        task ->
            assertThat(
                    CompletableFuture.completedFuture(1)
                        .thenCompose(one -> task)
                        .handle((value, failure) -> failure)
                        .join())
                .isNotNull());
    assertObservedBy(
        task ->
            assertThat(
                    pool.submit(() -> 1)
                        .thenCombine(task, Integer::sum)
                        .handle((value, failure) -> failure)
                        .join())
                .isNotNull());
  }

  @Test
  void whoeverObtrudesAnOutcomeAnswersForIt() throws Exception {
    assertObservedBy(task -> task.obtrudeValue(1));
    assertObservedBy(task -> task.obtrudeException(new IllegalStateException("obtruded")));
  }

  @Test
  void allOfTheJdkObservesNothingAndThatOfTasksTakesTheDutyOver() throws Exception {
    assertObservedBy(
        task ->
            assertThat(Tasks.allOf(List.of(task)).handle((value, failure) -> failure).join())
                .isNotNull());
    sumAndDrop();
    assertReportedAre("summed");
  }

  private void sumAndDrop() {
    CompletableFuture<Throwable> failure =
        CompletableFuture.allOf(failing("summed")).handle((value, thrown) -> thrown);
    assertThat(failure.join()).hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void cancelledTasksAreNoFailures() throws Exception {
    cancelAndDrop();
    assertReportedAre();
  }

  private void cancelAndDrop() {
    CountDownLatch release = new CountDownLatch(1);
    Task<?> runs = pool.submit(() -> await(release));
    Task<Integer> derived = runs.thenApply(none -> 1);
    runs.cancel(false);
    release.countDown();
    assertThat(derived.isDone()).isTrue();
  }
}
