package dev.poolwright.internal.task;

import dev.poolwright.Task;
import dev.poolwright.internal.life.Guard;
import dev.poolwright.internal.life.Snapshot;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A stack of the callbacks that were added to a task by hand; they run from the bottom up. */
final class DoneCallback {

  private final Consumer<? super Task<?>> action;

  // Turned round by whoever has taken the stack, so that running it needs no room on the heap.
  private @Nullable DoneCallback next;

  /**
   * A stack.
   *
   * @param action what to run
   * @param below added before it
   */
  DoneCallback(Consumer<? super Task<?>> action, @Nullable DoneCallback below) {
    this.action = action;
    this.next = below;
  }

  /** Runs all, the oldest first; only by the thread that has taken the stack. */
  static void runAll(@Nullable DoneCallback top, BaseTask<?> task) {
    DoneCallback oldest = null;
    for (DoneCallback each = top; each != null; ) {
      DoneCallback below = each.next;
      each.next = oldest;
      oldest = each;
      each = below;
    }
    for (DoneCallback each = oldest; each != null; each = each.next) {
      try {
        run(each.action, task);
      } catch (Throwable e) {
        Guard.failed("onDone callback", "", task, e);
      }
    }
  }

  private static void run(Consumer<? super Task<?>> action, BaseTask<?> task) {
    Snapshot context = task.site.context();
    if (context == null) {
      action.accept(task);
    } else {
      context.run(() -> action.accept(task));
    }
  }
}
