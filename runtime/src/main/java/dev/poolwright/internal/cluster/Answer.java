package dev.poolwright.internal.cluster;

import dev.poolwright.internal.wire.PayloadBuffer;
import dev.poolwright.internal.wire.ProtocolDesyncException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a node answers to an {@link Envelope}.
 *
 * <p><b>Shape:</b> 1 byte kind; of RAN, for each call, 4 bytes length and its outcome; of REFUSED a
 * text.
 *
 * @param kind what became of the calls
 * @param body what follows the kind
 */
record Answer(Kind kind, ByteBuffer body) {

  /** What became of the calls. */
  enum Kind {
    /** Each has an outcome. */
    RAN(0),
    /** None has begun: every place is taken. */
    BUSY(1),
    /** None has begun: the node takes no more calls. */
    LEAVING(2),
    /** None has begun, and none ever will: the envelope makes no sense to the node. */
    REFUSED(3),
    /** The delivery came before: what became of it then, nobody knows any more. */
    REPEATED(4);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    private static @Nullable Kind of(int code) {
      return Arrays.stream(values()).filter(kind -> kind.code == code).findFirst().orElse(null);
    }
  }

  static byte[] busy() {
    return new byte[] {(byte) Kind.BUSY.code};
  }

  static byte[] leaving() {
    return new byte[] {(byte) Kind.LEAVING.code};
  }

  static byte[] repeated() {
    return new byte[] {(byte) Kind.REPEATED.code};
  }

  static byte[] refused(String why) {
    PayloadBuffer out = new PayloadBuffer();
    out.write(Kind.REFUSED.code);
    out.putString(why);
    return out.toByteArray();
  }

  /** Outcomes in the order of the calls. */
  static byte[] ran(List<PayloadBuffer> outcomes) {
    PayloadBuffer out = new PayloadBuffer();
    out.write(Kind.RAN.code);
    for (PayloadBuffer each : outcomes) {
      out.putSized(each.toByteBuffer());
    }
    return out.toByteArray();
  }

  /**
   * Reads it.
   *
   * @throws ProtocolDesyncException when it is none
   */
  static Answer read(byte[] bytes) throws ProtocolDesyncException {
    Kind kind = bytes.length == 0 ? null : Kind.of(bytes[0]);
    if (kind == null) {
      throw new ProtocolDesyncException("an answer of " + bytes.length + " bytes has no kind");
    }
    return new Answer(kind, ByteBuffer.wrap(bytes, 1, bytes.length - 1));
  }

  /** The next outcome of RAN. */
  ByteBuffer next() throws ProtocolDesyncException {
    try {
      return PayloadBuffer.sized(body);
    } catch (BufferUnderflowException e) {
      throw new ProtocolDesyncException("an answer has too few outcomes");
    }
  }

  /** The text of REFUSED. */
  String text() {
    return PayloadBuffer.string(body);
  }
}
