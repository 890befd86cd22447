package dev.poolwright.internal.wire;

import dev.poolwright.TaskProgress;
import java.nio.ByteBuffer;

/**
 * How far a run is.
 *
 * <p><b>Shape:</b> 8 bytes fraction, then the message, of which 4,096 characters travel.
 */
public final class RunProgress {
  private static final int MOST_TEXT = 4_096;

  private RunProgress() {}

  /**
   * Writes it.
   *
   * @param progress what the run said
   * @param out gets the bytes
   */
  public static void write(TaskProgress progress, PayloadBuffer out) {
    String text = progress.message();
    out.putLong(Double.doubleToRawLongBits(progress.fraction()));
    out.putString(text.length() <= MOST_TEXT ? text : text.substring(0, MOST_TEXT));
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param in at its start
   * @return what the run said
   * @throws IllegalArgumentException when it is no progress
   */
  public static TaskProgress read(ByteBuffer in) {
    return new TaskProgress(Double.longBitsToDouble(in.getLong()), PayloadBuffer.string(in));
  }
}
