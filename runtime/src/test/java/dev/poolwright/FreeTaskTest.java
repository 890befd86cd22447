package dev.poolwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tasks of no pool. */
@Timeout(60)
final class FreeTaskTest {

  @Test
  void completedHasItsResult() {
    Task<Integer> task = Task.completed(7);

    assertThat(task.status()).isEqualTo(TaskStatus.SUCCEEDED);
    assertThat(task.name()).isEqualTo("completed");
    assertThat(task.join()).isEqualTo(7);
    assertThat(task.resultNow()).isEqualTo(7);
    assertThatThrownBy(task::exceptionNow)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("completed is SUCCEEDED, not FAILED");
    assertThat(task).hasToString("completed[Completed normally]");
  }

  @Test
  void failedHasItsFailure() {
    IOException failure = new IOException("no luck");
    Task<Integer> task = Task.failed(failure);

    assertThat(task.status()).isEqualTo(TaskStatus.FAILED);
    assertThat(task.exceptionNow()).isSameAs(failure);
    assertThatThrownBy(task::join).isInstanceOf(CompletionException.class).hasCause(failure);
    assertThatThrownBy(task::resultNow)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("failed is FAILED, not SUCCEEDED");
  }

  @Test
  @SuppressWarnings("serial")
  void aFailureWhoseTextCannotBeReadIsOneLikeAnyOther() {
    RuntimeException failure =
        new RuntimeException() {
          @Override
          public String getMessage() {
            throw new IllegalStateException("no message");
          }
        };
    Task<Integer> task = Task.failed(failure);
    Task<Integer> stage =
        Task.completed(1)
            .thenApply(
                one -> {
                  throw failure;
                });

    for (Task<Integer> each : List.of(task, stage, task.thenApply(one -> one))) {
      assertThat(each.exceptionNow()).isSameAs(failure);
      assertThatThrownBy(each::get).isInstanceOf(ExecutionException.class).hasCause(failure);
      assertThatThrownBy(() -> each.get(1, TimeUnit.SECONDS)).hasCause(failure);
    }
  }

  @Test
  void failedWithACancellationIsCancelled() {
    assertThat(Task.failed(new CancellationException()).status()).isEqualTo(TaskStatus.CANCELLED);
  }

  @Test
  void stagesAreTasksToo() {
    Task<String> stage = Task.completed(7).thenApply(number -> "n" + number);

    assertThat(stage.name()).isEqualTo("completed.then");
    assertThat(stage.join()).isEqualTo("n7");
    CompletableFuture<Integer> done = CompletableFuture.completedFuture(1);
    assertThat(Task.completed(1).applyToEither(done, one -> one + 1).join()).isEqualTo(2);
  }

  @Test
  void stagesThatWaitAreQueued() {
    CompletableFuture<Integer> later = new CompletableFuture<>();
    Task<Integer> sum = Task.completed(1).thenCombine(later, Integer::sum);

    assertThat(sum.status()).isEqualTo(TaskStatus.QUEUED);
    later.complete(2);
    assertThat(sum.resultNow()).isEqualTo(3);
  }

  @Test
  void callbacksRunOnceInOrder() {
    CompletableFuture<Integer> later = new CompletableFuture<>();
    Task<Integer> task = Task.completed(1).thenCombine(later, Integer::sum);
    List<String> ran = new ArrayList<>();
    task.onDone(done -> ran.add("a")).onDone(done -> ran.add("b" + done.join()));

    assertThat(ran).isEmpty();
    later.complete(2);
    task.onDone(done -> ran.add("c"));
    assertThat(ran).containsExactly("a", "b3", "c");
  }

  @Test
  void aCallbackThatThrowsDisturbsNothing() throws InterruptedException {
    List<Object> heard = new ArrayList<>();
    IllegalStateException failure = new IllegalStateException("no luck");
    Thread thread =
        new Thread(
            () ->
                Task.completed(1)
                    .onDone(
                        done -> {
                          throw failure;
                        })
                    .onDone(done -> heard.add("next")));
    thread.setUncaughtExceptionHandler((on, thrown) -> heard.add(thrown));
    thread.start();
    thread.join();

    assertThat(heard).containsExactly(failure, "next");
  }
}
