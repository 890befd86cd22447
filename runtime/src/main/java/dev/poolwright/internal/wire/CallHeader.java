package dev.poolwright.internal.wire;

import java.nio.ByteBuffer;

/**
 * What the calls of one frame have in common.
 *
 * @param name of the tasks, as {@code "Crawler.get(String)"}
 * @param callClass binary name of the calls' class
 * @param targetClass binary name of the class that has the method; empty when it is static
 * @param isStage whether the method returns a stage, whose result is wanted
 * @param limitNanos time limit of each run; 0 for none
 */
public record CallHeader(
    String name, String callClass, String targetClass, boolean isStage, long limitNanos) {

  /**
   * Appends it.
   *
   * @param out gets the bytes
   */
  public void write(PayloadBuffer out) {
    out.putString(name);
    out.putString(callClass);
    out.putString(targetClass);
    out.write(isStage ? 1 : 0);
    out.putLong(limitNanos);
  }

  /**
   * Reads it.
   *
   * @param in at its start
   * @return what it says
   */
  public static CallHeader read(ByteBuffer in) {
    return new CallHeader(
        PayloadBuffer.string(in),
        PayloadBuffer.string(in),
        PayloadBuffer.string(in),
        in.get() != 0,
        in.getLong());
  }
}
