package dev.poolwright.internal.cluster;

import dev.poolwright.internal.wire.CallHeader;
import dev.poolwright.internal.wire.PayloadBuffer;
import dev.poolwright.internal.wire.ProtocolDesyncException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * Calls on their way to a node.
 *
 * <p><b>Shape:</b> 1 byte version, caller, 8 bytes delivery, pool, 4 bytes limit, who set the time
 * limit, {@link CallHeader}, 4 bytes count, then the calls: 4 bytes length and the arguments, as in
 * a CALL frame. A length of -1 is an element that is not to be run.
 *
 * @param caller names the pool of the caller
 * @param delivery counts what it sends
 * @param pool whose workers are to run it
 * @param limit most bytes of one outcome
 * @param limitSource who set the time limit of the calls, for messages
 * @param header what the calls have in common
 * @param count how many there are
 * @param calls their bytes
 */
record Envelope(
    String caller,
    long delivery,
    String pool,
    int limit,
    String limitSource,
    CallHeader header,
    int count,
    ByteBuffer calls) {
  private static final byte VERSION = 1;

  byte[] write() {
    PayloadBuffer out = new PayloadBuffer();
    out.write(VERSION);
    out.putString(caller);
    out.putLong(delivery);
    out.putString(pool);
    out.putInt(limit);
    out.putString(limitSource);
    header.write(out);
    out.putInt(count);
    out.write(calls);
    return out.toByteArray();
  }

  /**
   * Reads it.
   *
   * @throws ProtocolDesyncException when it is none
   */
  static Envelope read(byte[] bytes) throws ProtocolDesyncException {
    try {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      byte version = in.get();
      if (version != VERSION) {
        throw new ProtocolDesyncException(
            "envelope version is " + version + "; must be " + VERSION);
      }
      String caller = PayloadBuffer.string(in);
      long delivery = in.getLong();
      String pool = PayloadBuffer.string(in);
      int limit = in.getInt();
      String limitSource = PayloadBuffer.string(in);
      CallHeader header = CallHeader.read(in);
      int count = in.getInt();
      if (count < 1 || count > in.remaining() / 4) {
        throw new ProtocolDesyncException("envelope has " + count + " calls");
      }
      return new Envelope(caller, delivery, pool, limit, limitSource, header, count, in.slice());
    } catch (BufferUnderflowException e) {
      throw new ProtocolDesyncException("envelope of " + bytes.length + " bytes is cut short");
    }
  }
}
