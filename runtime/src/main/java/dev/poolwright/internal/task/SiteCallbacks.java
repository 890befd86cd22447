package dev.poolwright.internal.task;

import dev.poolwright.TaskStatus;
import dev.poolwright.internal.life.Guard;
import dev.poolwright.spi.SiteCallback;
import org.jspecify.annotations.Nullable;

/** Runs the {@code @Callback}s of a task that is done. */
final class SiteCallbacks {

  private SiteCallbacks() {}

  /** Runs those that fit the outcome, in declaration order; what one throws disturbs no other. */
  static void runAll(WorkTask<?> task, @Nullable Object target) {
    boolean isSuccess = task.status() == TaskStatus.SUCCEEDED;
    Throwable failure = isSuccess ? null : task.failure();
    for (SiteCallback<?> callback : task.site.callbacks()) {
      Guard.run(
          () -> "callback " + callback.name() + " of " + task.name(),
          () -> run(callback.form(), task, target, failure));
    }
  }

  @SuppressWarnings({
    "unchecked",
    "NullAway"
  }) // Generated code pairs targets, results and callbacks.
  private static void run(
      SiteCallback.Form<?> form,
      WorkTask<?> task,
      @Nullable Object target,
      @Nullable Throwable failure)
      throws Throwable {
    if (form instanceof SiteCallback.OnSuccess<?, ?> onSuccess) {
      if (failure == null) {
        ((SiteCallback.OnSuccess<Object, Object>) onSuccess).call(target, task.resultNow());
      }
    } else if (form instanceof SiteCallback.OnFailure<?> onFailure) {
      task.observe();
      if (failure != null) {
        ((SiteCallback.OnFailure<Object>) onFailure).call(target, failure);
      }
    } else if (form instanceof SiteCallback.OnEither<?, ?> onEither) {
      task.observe();
      Object result = failure == null ? task.resultNow() : null;
      ((SiteCallback.OnEither<Object, Object>) onEither).call(target, result, failure);
    } else if (form instanceof SiteCallback.OnDone<?, ?> onDone) {
      task.observe();
      ((SiteCallback.OnDone<Object, Object>) onDone).call(target, (WorkTask<Object>) task);
    }
  }
}
