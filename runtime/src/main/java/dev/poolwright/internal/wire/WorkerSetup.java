package dev.poolwright.internal.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What a worker JVM is told before it is ready.
 *
 * @param worker its name, as {@code "io-1"}
 * @param initializer class to run before the first call; empty for none
 * @param modules classes that tell how to make targets
 * @param allow patterns of classes that calls may carry; none allows all
 * @param payloadLimit most bytes of one call or result
 * @param exitTimeoutMillis longest exit after it was retired
 */
public record WorkerSetup(
    String worker,
    String initializer,
    List<String> modules,
    List<String> allow,
    int payloadLimit,
    long exitTimeoutMillis) {

  /**
   * Writes it.
   *
   * @return at its start
   */
  public ByteBuffer write() {
    PayloadBuffer out = new PayloadBuffer();
    out.putString(worker);
    out.putString(initializer);
    putAll(out, modules);
    putAll(out, allow);
    out.putInt(payloadLimit);
    out.putLong(exitTimeoutMillis);
    return out.toByteBuffer();
  }

  private static void putAll(PayloadBuffer out, List<String> texts) {
    out.putInt(texts.size());
    for (String text : texts) {
      out.putString(text);
    }
  }

  /**
   * Reads it.
   *
   * @param in at its start
   * @return what it says
   */
  public static WorkerSetup read(ByteBuffer in) {
    return new WorkerSetup(
        PayloadBuffer.string(in),
        PayloadBuffer.string(in),
        all(in),
        all(in),
        in.getInt(),
        in.getLong());
  }

  private static List<String> all(ByteBuffer in) {
    int size = in.getInt();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      texts.add(PayloadBuffer.string(in));
    }
    return texts;
  }

  /**
   * Most bytes of a frame's payload: one call or result, and what goes around it.
   *
   * @return more than the payload limit
   */
  public int frameLimit() {
    return (int) Math.min(Integer.MAX_VALUE - 64, payloadLimit + (1L << 20));
  }
}
