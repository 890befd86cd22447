package dev.poolwright.contract;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What the functions of stages call: notes the thread, and gives back what it saw, or throws. */
final class StageProbe {

  private final boolean isThrowing;
  private volatile @Nullable String thread;

  StageProbe(boolean isThrowing) {
    this.isThrowing = isThrowing;
  }

  /** The thread that asked; null when none did. */
  @Nullable String thread() {
    return thread;
  }

  String see() {
    return see("nothing");
  }

  String see(@Nullable Object one) {
    thread = Thread.currentThread().getName();
    if (isThrowing) {
      throw new IllegalArgumentException("thrown by the function");
    }
    return "saw " + text(one);
  }

  String see(@Nullable Object one, @Nullable Object two) {
    return see(text(one) + " and " + text(two));
  }

  CompletionStage<String> seeStage(@Nullable Object one) {
    return CompletableFuture.completedStage(see(one));
  }

  /** A failure as its classes, down to the first cause: messages of wrappers hold addresses. */
  static String text(@Nullable Object seen) {
    if (!(seen instanceof Throwable failure)) {
      return String.valueOf(seen);
    }
    String name = failure.getClass().getSimpleName();
    return failure.getCause() == null ? name : name + " of " + text(failure.getCause());
  }
}
