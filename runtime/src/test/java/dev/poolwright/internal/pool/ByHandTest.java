package dev.poolwright.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.poolwright.Batch;
import dev.poolwright.Job;
import dev.poolwright.JobFunction;
import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.Task;
import dev.poolwright.TaskSerializationException;
import dev.poolwright.internal.LeavesNothingBehind;
import dev.poolwright.spi.Call;
import dev.poolwright.spi.CallSite;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Direct pools whose tasks somebody runs by hand, or whose arguments are copied. */
@ExtendWith(LeavesNothingBehind.class)
@Timeout(60)
@SuppressWarnings("serial") // What is submitted here could travel, but never does.
final class ByHandTest {

  private final Deque<Pools.Step> steps = new ArrayDeque<>();
  private final Pools pools = Pools.builder().direct(steps::add);
  private final Pool pool = pools.pool("io");

  private boolean isOver() throws InterruptedException {
    pools.shutdown();
    return pools.awaitTermination(Duration.ZERO);
  }

  @Test
  void runsAStepWhenItIsRun() throws InterruptedException {
    List<String> done = new ArrayList<>();
    Task<Thread> task = pool.submit(Thread::currentThread).onDone(t -> done.add(t.name()));
    assertThat(task).isNotDone();
    assertThat(steps).hasSize(1);
    Pools.Step step = steps.remove();
    assertThat(step.name()).isEqualTo(task.name());
    assertThat(step).hasToString(task.name() + " (pool \"io\")");
    assertThat(step.isOver()).isFalse();
    step.run();
    assertThat(task.resultNow()).isSameAs(Thread.currentThread());
    assertThat(done).containsExactly(task.name());
    assertThat(step.isOver()).isTrue();
    step.run();
    assertThat(pool.stats().succeeded()).isEqualTo(1);
    assertThat(isOver()).isTrue();
  }

  @Test
  void aTaskWhoseStepNobodyTakesFails() throws Exception {
    Pools refusing =
        Pools.builder()
            .direct(
                step -> {
                  throw new StackOverflowError("on purpose");
                });
    Pool refused = refusing.pool("io");
    Task<Integer> task = refused.submit(() -> 7);
    assertThat(task.exceptionNow()).isInstanceOf(StackOverflowError.class);
    JobFunction<Integer, Integer> same = number -> number;
    for (Task<Integer> element : refused.map(same, List.of(1, 2, 3)).tasks()) {
      assertThat(element.exceptionNow()).isInstanceOf(StackOverflowError.class);
    }
    assertThat(refused.stats().failed()).isEqualTo(refused.stats().submitted()).isEqualTo(4);
    refusing.shutdown();
    assertThat(refusing.awaitTermination(Duration.ZERO)).isTrue();
  }

  /** The heap is full when it is read. */
  static final class Full implements Serializable {
    private static final long serialVersionUID = 1;

    private Object readResolve() {
      throw new OutOfMemoryError("on purpose");
    }
  }

  @Test
  void aTaskWhoseCopyThrowsAnErrorFails() throws Exception {
    Pools copying = Pools.builder().pool(ProcessPoolConfig.named("cpu")).copying(true).direct();
    Pool cpu = copying.pool("cpu");
    Full full = new Full();
    Job<Boolean> isThere = () -> full != null;
    Task<Boolean> task = cpu.submit(isThere);
    assertThat(task.exceptionNow()).isInstanceOf(OutOfMemoryError.class);
    JobFunction<Full, Boolean> isGiven = given -> given != null;
    for (Task<Boolean> element : cpu.map(isGiven, List.of(full, full)).tasks()) {
      assertThat(element.exceptionNow()).isInstanceOf(OutOfMemoryError.class);
    }
    copying.shutdown();
    assertThat(copying.awaitTermination(Duration.ZERO)).isTrue();
  }

  @Test
  void aCancelledTaskIsOverAtOnce() throws InterruptedException {
    List<String> done = new ArrayList<>();
    Task<Integer> task = pool.submit(() -> 7).onDone(t -> done.add(t.name()));
    Pools.Step step = steps.remove();
    task.cancel(true);
    assertThat(step.isOver()).isTrue();
    assertThat(done).containsExactly(task.name());
    assertThat(isOver()).isTrue();
    step.run();
    assertThat(pool.stats().cancelled()).isEqualTo(1);
  }

  @Test
  void aStopCancelsWhatWasNotRun() throws InterruptedException {
    Task<Integer> task = pool.submit(() -> 7);
    Batch<Integer> batch = pool.map(x -> x, List.of(1, 2, 3));
    pools.shutdownNow();
    assertThat(task).isCancelled();
    assertThatExceptionOfType(CancellationException.class).isThrownBy(batch::toList);
    assertThat(isOver()).isTrue();
    assertThatExceptionOfType(RejectedExecutionException.class)
        .isThrownBy(() -> pool.submit(() -> 8));
  }

  @Test
  void aBatchFeedsItselfByItsSteps() throws InterruptedException {
    Batch<Integer> batch = pool.map(x -> 2 * x, List.of(1, 2, 3, 4, 5, 6, 7, 8, 9));
    while (!steps.isEmpty()) {
      steps.remove().run();
    }
    assertThat(batch.toList()).containsExactly(2, 4, 6, 8, 10, 12, 14, 16, 18);
    assertThat(isOver()).isTrue();
  }

  @Test
  void aStopEndsAStageThatGoesOn() {
    for (Pools each : List.of(Pools.direct(), Pools.builder().direct(Pools.Step::run))) {
      CompletableFuture<Integer> stage = new CompletableFuture<>();
      Call<Object, Integer> call = target -> unchecked(stage);
      CallSite<Object> site =
          CallSite.<Object>ofStatic(Object.class, "ask()", "io").returnsStage().open(each);
      Task<Integer> task = site.submit(null, call);
      assertThat(task).isNotDone();
      each.shutdownNow();
      assertThat(task).isCancelled();
      assertThat(stage).isCancelled();
      each.close();
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // As generated code does.
  private static <T> T unchecked(Object stage) {
    return (T) stage;
  }

  /** A list that a task changes. */
  private static List<Integer> add(List<Integer> list) {
    list.add(2);
    return list;
  }

  @Test
  void copiesWhatWouldTravel() {
    Pool cpu =
        Pools.builder().pool(ProcessPoolConfig.named("cpu")).copying(true).direct().pool("cpu");
    List<Integer> argument = new ArrayList<>(List.of(1));
    Task<List<Integer>> task = cpu.submit((Job<List<Integer>>) () -> add(argument));
    assertThat(task.resultNow()).containsExactly(1, 2);
    assertThat(argument).containsExactly(1);
    assertThat(cpu.map((JobFunction<Integer, Integer>) x -> x + 1, List.of(1, 2)).toList())
        .containsExactly(2, 3);
  }

  @Test
  void refusesWhatCannotTravel() {
    Pools all = Pools.builder().pool(ProcessPoolConfig.named("cpu")).copying(true).direct();
    Map<String, Thread> argument = Map.of("a", Thread.currentThread());
    Job<Integer> job = () -> argument.size();
    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(all.pool("cpu").submit(job)::join)
        .withCauseInstanceOf(TaskSerializationException.class)
        .withMessageContaining("class java.lang.Thread is not Serializable");
    Job<Thread> thread = Thread::currentThread;
    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(all.pool("cpu").submit(thread)::join)
        .withCauseInstanceOf(TaskSerializationException.class)
        .withMessageContaining("result cannot be written");
    assertThat(all.pool("other").submit(job).resultNow()).isEqualTo(1);
    assertThat(all.pool("cpu").stats().failed()).isEqualTo(2);
  }
}
