package dev.poolwright.internal.task;

import dev.poolwright.TaskStatus;
import dev.poolwright.internal.life.Guard;
import dev.poolwright.internal.life.Snapshot;
import dev.poolwright.spi.SiteCallback;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs the {@code @Callback}s of a task that is done. */
final class SiteCallbacks {

  private SiteCallbacks() {}

  /** Runs those that fit the outcome, in declaration order; what one throws disturbs no other. */
  static void runAll(PoolTask<?> task, @Nullable Object target) {
    boolean isSuccess = task.status() == TaskStatus.SUCCEEDED;
    Throwable failure = isSuccess ? null : task.failure();
    // No iterator: where the heap is full the others run all the same.
    List<? extends SiteCallback<?>> all = task.site.callbacks();
    for (int i = 0; i < all.size(); i++) {
      try {
        runInContext(all.get(i).form(), task, target, failure);
      } catch (Throwable e) {
        Guard.failed("callback ", all.get(i).name(), task, e);
      }
    }
  }

  private static void runInContext(
      SiteCallback.Form<?> form,
      PoolTask<?> task,
      @Nullable Object target,
      @Nullable Throwable failure)
      throws Throwable {
    Snapshot context = task.site.context();
    if (context == null) {
      run(form, task, target, failure);
    } else {
      boolean unused =
          context.call(
              () -> {
                run(form, task, target, failure);
                return true;
              });
    }
  }

  @SuppressWarnings({
    "unchecked",
    "NullAway"
  }) // Generated code pairs targets, results and callbacks.
  private static void run(
      SiteCallback.Form<?> form,
      PoolTask<?> task,
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
      ((SiteCallback.OnDone<Object, Object>) onDone).call(target, (PoolTask<Object>) task);
    }
  }
}
