package dev.poolwright.internal.task;

import dev.poolwright.Task;
import dev.poolwright.internal.life.Guard;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A stack of the callbacks that were added to a task by hand; they run from the bottom up. */
final class DoneCallback {

  /** In the place of the stack, once all have run: a later one runs at once. */
  static final DoneCallback CLOSED = new DoneCallback(task -> {}, null);

  private final Consumer<? super Task<?>> action;
  private final @Nullable DoneCallback below;

  /**
   * A stack.
   *
   * @param action what to run
   * @param below added before it
   */
  DoneCallback(Consumer<? super Task<?>> action, @Nullable DoneCallback below) {
    this.action = action;
    this.below = below;
  }

  /** Runs all, the oldest first. */
  static void runAll(@Nullable DoneCallback top, Task<?> task) {
    DoneCallback oldest = null;
    for (DoneCallback next = top; next != null; next = next.below) {
      oldest = new DoneCallback(next.action, oldest);
    }
    for (DoneCallback next = oldest; next != null; next = next.below) {
      Consumer<? super Task<?>> action = next.action;
      Guard.run(() -> "onDone callback of " + task.name(), () -> action.accept(task));
    }
  }
}
