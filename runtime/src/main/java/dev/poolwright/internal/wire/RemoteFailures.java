package dev.poolwright.internal.wire;

import dev.poolwright.RemoteTaskException;
import dev.poolwright.TaskSerializationException;
import dev.poolwright.TaskSerializationException.Phase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Failures of a run as bytes: always as text, and as an object too when it can travel.
 *
 * <p><b>Shape:</b> class name, message (with a byte before it that says whether there is one),
 * printed stack; then 4 bytes length and as many bytes of the object, or 0.
 */
public final class RemoteFailures {
  private static final int MAX_TEXT = 256 << 10;

  private RemoteFailures() {}

  /**
   * The stack trace as printed.
   *
   * @param failure any
   * @return with causes and suppressed ones, as far as it can be printed
   */
  public static String stack(Throwable failure) {
    StringWriter text = new StringWriter();
    try (PrintWriter out = new PrintWriter(text)) {
      failure.printStackTrace(out);
    } catch (Throwable e) {
      // Its own methods failed; what was printed so far, and the frames, are what is left.
      text.append(failure.getClass().getName()).append('\n');
      text.append(lines(frames(failure)));
    }
    return trimmed(text.toString());
  }

  /**
   * The frames of a stack as they are printed.
   *
   * @param stack the innermost frame first
   * @return a line each
   */
  public static String lines(StackTraceElement[] stack) {
    StringBuilder text = new StringBuilder();
    for (StackTraceElement frame : stack) {
      text.append("\tat ").append(frame).append('\n');
    }
    return text.toString();
  }

  private static StackTraceElement[] frames(Throwable failure) {
    try {
      return failure.getStackTrace();
    } catch (Throwable e) {
      return new StackTraceElement[0]; // That, too, is a method of its own.
    }
  }

  private static String trimmed(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "\n... trimmed\n";
  }

  static @Nullable String message(Throwable failure) {
    try {
      String message = failure.getMessage();
      return message == null ? null : trimmed(message);
    } catch (Throwable e) {
      return null; // Its own getMessage() failed.
    }
  }

  static void putOptional(PayloadBuffer out, @Nullable String text) {
    out.write(text == null ? 0 : 1);
    if (text != null) {
      out.putString(text);
    }
  }

  static @Nullable String optional(ByteBuffer in) {
    return in.get() == 0 ? null : PayloadBuffer.string(in);
  }

  static void writeText(Throwable failure, PayloadBuffer out) {
    out.putString(failure.getClass().getName());
    putOptional(out, message(failure));
    out.putString(stack(failure));
  }

  static RemoteTaskException readText(ByteBuffer in) {
    return new RemoteTaskException(
        PayloadBuffer.string(in), optional(in), PayloadBuffer.string(in));
  }

  /**
   * What travels for an exception that is not allowed to: its text, with its causes and suppressed
   * ones as they are, of which each is judged by itself.
   */
  static RemoteTaskException standIn(Throwable failure) {
    RemoteTaskException standIn =
        new RemoteTaskException(failure.getClass().getName(), message(failure), stack(failure));
    try {
      standIn.setStackTrace(failure.getStackTrace());
      standIn.initCause(failure.getCause());
      for (Throwable each : failure.getSuppressed()) {
        standIn.addSuppressed(each);
      }
    } catch (Throwable e) {
      // Its own methods failed; the text is what is left.
    }
    return standIn;
  }

  static void writeSerialization(TaskSerializationException failure, PayloadBuffer out) {
    out.putString(failure.phase().name());
    out.putString(failure.typeName());
    out.putString(String.valueOf(failure.getMessage()));
    Throwable cause = failure.getCause();
    writeText(cause == null ? failure : cause, out);
  }

  static TaskSerializationException readSerialization(ByteBuffer in) {
    Phase phase = Phase.valueOf(PayloadBuffer.string(in));
    String type = PayloadBuffer.string(in);
    String message = PayloadBuffer.string(in);
    return new TaskSerializationException(message, phase, type, readText(in));
  }
}
