package dev.poolwright.internal.task;

import java.util.Arrays;
import java.util.List;

/** What a thread does in the method of its task. */
public final class Stacks {

  private static final String OUTER = RunContext.class.getName();

  /** From JDK 19 on a JVM gives no more than so many frames, the innermost. */
  private static final int MOST_FRAMES = 1_024;

  private Stacks() {}

  /** The stack of the method that a thread runs now, without our frames around it. */
  public static List<StackTraceElement> ofMethod(Thread thread) {
    return within(thread.getStackTrace(), OUTER);
  }

  /**
   * The part of a stack that a class of ours has called.
   *
   * @param stack the innermost frame first
   * @param outer the class
   * @return nothing when that is not on the stack, unless its outer frames are cut off
   */
  public static List<StackTraceElement> within(StackTraceElement[] stack, String outer) {
    int end = 0;
    for (int i = stack.length - 1; i >= 0 && end == 0; i--) {
      if (stack[i].getClassName().equals(outer)) {
        end = i;
      }
    }
    if (end == 0 && stack.length >= MOST_FRAMES) {
      return List.of(stack);
    }
    while (end > 0 && stack[end - 1].getClassName().startsWith(outer)) {
      end--;
    }
    return List.of(Arrays.copyOf(stack, end));
  }
}
