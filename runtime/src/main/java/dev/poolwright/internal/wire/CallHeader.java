package dev.poolwright.internal.wire;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * What the calls of one frame have in common.
 *
 * @param name of the tasks, as {@code "Crawler.get(String)"}
 * @param callClass binary name of the calls' class
 * @param targetClass binary name of the class that has the method; empty when it is static
 * @param isStage whether the method returns a stage, whose result is wanted
 * @param limitNanos time limit of each run; 0 for none
 * @param context fields that were captured at the submit, by the class of their carrier
 * @param shared an argument that the calls have in common, as a value; empty when they have none
 */
public record CallHeader(
    String name,
    String callClass,
    String targetClass,
    boolean isStage,
    long limitNanos,
    Map<String, Map<String, String>> context,
    ByteBuffer shared) {

  /** Without context, and nothing in common. */
  public CallHeader(
      String name, String callClass, String targetClass, boolean isStage, long limitNanos) {
    this(name, callClass, targetClass, isStage, limitNanos, Map.of(), ByteBuffer.allocate(0));
  }

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
    out.putInt(context.size());
    for (Map.Entry<String, Map<String, String>> carrier : context.entrySet()) {
      out.putString(carrier.getKey());
      out.putInt(carrier.getValue().size());
      for (Map.Entry<String, String> field : carrier.getValue().entrySet()) {
        out.putString(field.getKey());
        out.putString(field.getValue());
      }
    }
    out.putSized(shared);
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
        in.getLong(),
        context(in),
        PayloadBuffer.sized(in));
  }

  private static Map<String, Map<String, String>> context(ByteBuffer in) {
    int carriers = in.getInt();
    if (carriers == 0) {
      return Map.of();
    }
    Map<String, Map<String, String>> all = new HashMap<>();
    for (int i = 0; i < carriers; i++) {
      String carrier = PayloadBuffer.string(in);
      Map<String, String> fields = new HashMap<>();
      for (int left = in.getInt(); left > 0; left--) {
        fields.put(PayloadBuffer.string(in), PayloadBuffer.string(in));
      }
      all.put(carrier, fields);
    }
    return all;
  }
}
