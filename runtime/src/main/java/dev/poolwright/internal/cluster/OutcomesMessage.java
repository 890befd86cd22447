package dev.poolwright.internal.cluster;

import dev.poolwright.internal.wire.PayloadBuffer;
import dev.poolwright.internal.wire.ProtocolDesyncException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * How elements of a delivery ended, ahead of its answer. The answer has them all once more, since a
 * message may be lost.
 *
 * <p><b>Shape:</b> 1 byte kind, 8 bytes delivery, then for each 4 bytes element, 4 bytes length and
 * its outcome.
 *
 * @param delivery of the caller
 * @param all at least one
 */
record OutcomesMessage(long delivery, List<Ended> all) {
  static final byte KIND = 2;

  /**
   * How one ended.
   *
   * @param element its place in what was sent
   * @param outcome its bytes
   */
  record Ended(int element, ByteBuffer outcome) {}

  byte[] write() {
    PayloadBuffer out = new PayloadBuffer();
    out.write(KIND);
    out.putLong(delivery);
    for (Ended each : all) {
      out.putInt(each.element);
      out.putSized(each.outcome);
    }
    return out.toByteArray();
  }

  static OutcomesMessage read(byte[] bytes) throws ProtocolDesyncException {
    try {
      ByteBuffer in = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
      long delivery = in.getLong();
      List<Ended> all = new ArrayList<>();
      while (in.hasRemaining()) {
        all.add(new Ended(in.getInt(), PayloadBuffer.sized(in)));
      }
      return new OutcomesMessage(delivery, all);
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      throw new ProtocolDesyncException("a message of " + bytes.length + " bytes has no outcomes");
    }
  }
}
