package dev.poolwright.internal.task;

import dev.poolwright.Pool;
import dev.poolwright.annotation.wording.ProxyPrefix;

/**
 * Notes where tasks are submitted, with {@code -Dpoolwright.submit-sites=true}. Off by default:
 * walking the stack costs a microsecond or two a call.
 */
public final class SubmitSites {

  private static final boolean IS_ON = Boolean.getBoolean("poolwright.submit-sites");
  private static final String OWN_PACKAGE = "dev.poolwright.internal.";

  /** Some of its methods only pass on what they are given. */
  private static final String POOL = Pool.class.getName();

  private SubmitSites() {}

  public static void mark(BaseTask<?> task) {
    if (IS_ON) {
      StackWalker.getInstance()
          .walk(
              frames ->
                  frames
                      .filter(frame -> !isOwn(frame.getClassName()))
                      .filter(frame -> !ProxyPrefix.has(frame.getClassName()))
                      .findFirst())
          .ifPresent(frame -> task.submittedAt(frame.toStackTraceElement()));
    }
  }

  private static boolean isOwn(String name) {
    return name.startsWith(OWN_PACKAGE) || name.equals(POOL);
  }
}
