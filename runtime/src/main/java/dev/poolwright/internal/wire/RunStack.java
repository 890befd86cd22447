package dev.poolwright.internal.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The stack of a run in a worker JVM.
 *
 * <p><b>Shape:</b> 4 bytes number of frames, at most 1,024, the innermost first; each has its
 * class, its method and its file, empty when that is not known, and 4 bytes line.
 */
public final class RunStack {
  private static final int MOST_FRAMES = 1_024;

  private RunStack() {}

  /**
   * Writes a stack.
   *
   * @param stack the innermost frame first
   * @param out gets the bytes
   */
  public static void write(List<StackTraceElement> stack, PayloadBuffer out) {
    int frames = Math.min(stack.size(), MOST_FRAMES);
    out.putInt(frames);
    for (int i = 0; i < frames; i++) {
      StackTraceElement frame = stack.get(i);
      String file = frame.getFileName();
      out.putString(frame.getClassName());
      out.putString(frame.getMethodName());
      out.putString(file == null ? "" : file);
      out.putInt(frame.getLineNumber());
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param in at its start
   * @return the innermost frame first
   */
  public static List<StackTraceElement> read(ByteBuffer in) {
    int frames = Math.min(in.getInt(), MOST_FRAMES);
    List<StackTraceElement> stack = new ArrayList<>();
    for (int i = 0; i < frames; i++) {
      String type = PayloadBuffer.string(in);
      String method = PayloadBuffer.string(in);
      String file = PayloadBuffer.string(in);
      stack.add(new StackTraceElement(type, method, file.isEmpty() ? null : file, in.getInt()));
    }
    return stack;
  }
}
