package dev.poolwright.internal.cluster;

import dev.poolwright.TaskProgress;
import dev.poolwright.internal.wire.PayloadBuffer;
import dev.poolwright.internal.wire.ProtocolDesyncException;
import dev.poolwright.internal.wire.RunProgress;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * How far a run is.
 *
 * <p><b>Shape:</b> 1 byte kind, 8 bytes delivery, 4 bytes element, {@link RunProgress}.
 *
 * @param delivery of the caller
 * @param element its place in what was sent
 * @param progress what the run said
 */
record ProgressMessage(long delivery, int element, TaskProgress progress) {
  static final byte KIND = 1;

  byte[] write() {
    PayloadBuffer out = new PayloadBuffer(1 << 20);
    out.write(KIND);
    out.putLong(delivery);
    out.putInt(element);
    RunProgress.write(progress, out);
    return out.toByteArray();
  }

  static ProgressMessage read(byte[] bytes) throws ProtocolDesyncException {
    try {
      ByteBuffer in = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
      return new ProgressMessage(in.getLong(), in.getInt(), RunProgress.read(in));
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new ProtocolDesyncException("a message of " + bytes.length + " bytes is no progress");
    }
  }
}
