package dev.poolwright.internal.task;

/**
 * Notes where tasks are submitted, with {@code -Dpoolwright.submit-sites=true}. Off by default:
 * walking the stack costs a microsecond or two a call.
 */
public final class SubmitSites {

  private static final boolean IS_ON = Boolean.getBoolean("poolwright.submit-sites");
  private static final String OWN_PACKAGE = "dev.poolwright.internal.";

  private SubmitSites() {}

  public static void mark(BaseTask<?> task) {
    if (IS_ON) {
      StackWalker.getInstance()
          .walk(
              frames ->
                  frames
                      .filter(frame -> !frame.getClassName().startsWith(OWN_PACKAGE))
                      .filter(frame -> !isProxy(frame))
                      .findFirst())
          .ifPresent(frame -> task.submittedAt(frame.toStackTraceElement()));
    }
  }

  /** A generated proxy is not where the user called. */
  private static boolean isProxy(StackWalker.StackFrame frame) {
    String name = frame.getClassName();
    return name.startsWith("Async", name.lastIndexOf('.') + 1);
  }
}
