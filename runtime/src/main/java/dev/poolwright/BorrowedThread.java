package dev.poolwright;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What threads that are none of Poolwright's own run, while they run a task. */
final class BorrowedThread {

  private static final ThreadLocal<@Nullable TaskContext> CONTEXT = new ThreadLocal<>();

  private BorrowedThread() {}

  static Optional<TaskContext> current() {
    return Optional.ofNullable(CONTEXT.get());
  }

  static @Nullable TaskContext runs(@Nullable TaskContext context) {
    TaskContext before = CONTEXT.get();
    if (context == null) {
      CONTEXT.remove();
    } else {
      CONTEXT.set(context);
    }
    return before;
  }
}
