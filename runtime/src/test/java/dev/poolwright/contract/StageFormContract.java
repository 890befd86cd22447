package dev.poolwright.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.poolwright.Pool;
import dev.poolwright.Task;
import dev.poolwright.TaskStatus;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each stage of a task ends as that of a plain {@link CompletableFuture} does, which is asked. */
abstract class StageFormContract extends PoolContract {

  /** Something of each type that a method of a task takes and that must not be null. */
  private static final Map<Class<?>, Object> ARGUMENTS =
      Map.ofEntries(
          Map.entry(Function.class, (Function<Object, Object>) x -> x),
          Map.entry(BiFunction.class, (BiFunction<Object, Object, Object>) (x, y) -> x),
          Map.entry(Consumer.class, (Consumer<Object>) x -> {}),
          Map.entry(BiConsumer.class, (BiConsumer<Object, Object>) (x, y) -> {}),
          Map.entry(Runnable.class, (Runnable) () -> {}),
          Map.entry(Supplier.class, (Supplier<Object>) () -> "supplied"),
          Map.entry(Executor.class, (Executor) Runnable::run),
          Map.entry(CompletionStage.class, CompletableFuture.completedStage("other")),
          Map.entry(TimeUnit.class, TimeUnit.DAYS),
          Map.entry(Throwable.class, new IllegalStateException("given")));

  private enum Ending {
    SUCCESS,
    FAILURE,
    CANCEL;

    void end(CompletableFuture<String> future) {
      boolean isEnded =
          switch (this) {
            case SUCCESS -> future.complete("a");
            case FAILURE -> future.completeExceptionally(new IllegalStateException("failed"));
            case CANCEL -> future.cancel(true);
          };
      assertThat(isEnded).isTrue();
    }
  }

  /** How to apply a form, and to what. */
  private record Way(
      StageForm form, Ending ending, boolean isThrowing, boolean isDone, boolean isOtherDone) {

    /** Derives a stage from the source, and ends the source before that or after it. */
    CompletableFuture<?> apply(CompletableFuture<String> source, StageProbe probe) {
      CompletableFuture<String> other = new CompletableFuture<>();
      if (isOtherDone) {
        other.complete("b");
      }
      if (isDone) {
        ending.end(source);
      }
      CompletableFuture<?> stage = form.method().from(source, other, probe);
      if (!isDone) {
        ending.end(source);
      }
      return stage;
    }
  }

  @Test
  @Tag("scenario-142")
  @DisplayName("stages of stages end as those of a plain future, on the right threads")
  void stagesOfStagesEndAsTheJdkHasIt() throws Exception {
    Task<String> base = io(2).submit(() -> "base");
    assertThat(base.join()).isEqualTo("base");
    tryAll(base::newIncompleteFuture);
  }

  @Test
  @Tag("scenario-142")
  @DisplayName("stages of tasks end as those of a plain future, on the right threads")
  void stagesOfTasksEndAsTheJdkHasIt() throws Exception {
    int port = gate().port();
    if (isThreads()) {
      // Runs are stopped, so that stages find a free thread.
      Pool pool = io(4);
      tryAll(() -> pool.submit(() -> Gate.stop(port)));
    } else {
      Pool pool = io(1);
      Task<?> busy = pool.submit(() -> Gate.stop(port));
      tryAll(() -> pool.submit(() -> "never run"));
      assertThat(busy.isDone()).isFalse();
    }
  }

  private void tryAll(Supplier<CompletableFuture<String>> incomplete) throws Exception {
    ExecutorService given = Executors.newSingleThreadExecutor(run -> new Thread(run, "given"));
    for (StageForm form : StageForm.all(given)) {
      for (Ending ending : Ending.values()) {
        for (int bits = 0; bits < 8; bits++) {
          Way way = new Way(form, ending, (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0);
          // Without the other, some never end; most do not look at it.
          if (form.isBoth() ? way.isOtherDone : way.isOtherDone || form.isEither()) {
            tryOne(way, incomplete.get());
          }
        }
      }
    }
    given.shutdown();
    assertThat(given.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
  }

  /** The name of the task that a stage or a task is derived from. */
  private static String base(String name) {
    return name.replaceAll("\\.then$", "");
  }

  private void tryOne(Way way, CompletableFuture<String> source) throws Exception {
    StageProbe probe = new StageProbe(way.isThrowing);
    StageProbe plainProbe = new StageProbe(way.isThrowing);
    CompletableFuture<?> stage = way.apply(source, probe);
    String outcome = outcome(stage);
    assertThat(outcome)
        .as("%s", way)
        .isEqualTo(outcome(way.apply(new CompletableFuture<>(), plainProbe)));
    assertThat(probe.thread() == null).as("%s", way).isEqualTo(plainProbe.thread() == null);
    assertThat(stage).as("%s", way).isInstanceOf(Task.class);
    Task<?> task = (Task<?>) stage;
    assertThat(task.name())
        .matches("\\Q" + base(((Task<?>) source).name()) + "\\E\\.then(\\(2\\))?");
    assertThat(task.status())
        .isEqualTo(outcome.startsWith("value") ? TaskStatus.SUCCEEDED : TaskStatus.FAILED);
    assertThat(task.getNumberOfDependents()).isZero();
    if (probe.thread() != null) {
      assertThat(probe.thread()).as("%s", way).matches(threads(way.form.mode()));
    }
  }

  private String threads(StageForm.Mode mode) {
    return switch (mode) {
      case SYNC -> Thread.currentThread().getName();
      case OWN_EXECUTOR -> stageThreads();
      case GIVEN_EXECUTOR -> "given";
    };
  }

  private static String outcome(CompletableFuture<?> stage) throws Exception {
    return stage
        .handle(
            (value, failure) ->
                failure == null ? "value " + value : "failure " + StageProbe.text(failure))
        .get(30, TimeUnit.SECONDS);
  }

  @Test
  void refusesNullInEveryMethod() throws Exception {
    Pool pool = io(1);
    int port = gate().port();
    Task<String> done = pool.submit(() -> "done");
    assertThat(done.join()).isEqualTo("done");
    Task<String> running = pool.submit(() -> Gate.stop(port));
    Task<String> derived = running.thenApply(name -> name);
    int tried = 0;
    for (Task<?> task : List.of(done, running, derived)) {
      for (Method method : Task.class.getMethods()) {
        tried += tryNulls(task, method);
      }
    }
    assertThat(tried).isGreaterThan(3 * 90);
    assertThat(running.isDone() || derived.isDone()).isFalse();
    assertThat(running.getNumberOfDependents()).isEqualTo(1);
    assertThat(derived.getNumberOfDependents()).isZero();
  }

  private static int tryNulls(Task<?> task, Method method) {
    int tried = 0;
    Class<?>[] types = method.getParameterTypes();
    for (int i = 0; i < types.length; i++) {
      if (ARGUMENTS.containsKey(types[i]) && !Modifier.isStatic(method.getModifiers())) {
        @SuppressWarnings("NullAway") // That is what is tried.
        Object[] arguments = Arrays.stream(types).map(StageFormContract::argument).toArray();
        arguments[i] = null;
        assertThatNullPointerException()
            .as("%s with %s", method, Arrays.toString(arguments))
            .isThrownBy(() -> invoke(task, method, arguments));
        tried++;
      }
    }
    return tried;
  }

  private static Object argument(Class<?> type) {
    return type == long.class ? 1L : Objects.requireNonNullElse(ARGUMENTS.get(type), "value");
  }

  private static void invoke(Task<?> task, Method method, Object[] arguments) throws Throwable {
    try {
      assertThat(method.trySetAccessible()).isTrue();
      method.invoke(task, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
