package dev.poolwright.internal.wire;

import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * The first frame of a worker JVM.
 *
 * <p><b>Shape:</b> 4 bytes {@code PLWR}, 2 bytes version, 32 bytes token.
 */
public final class Hello {
  /** Bytes of a token. */
  public static final int TOKEN_BYTES = 32;

  /** Bytes of the payload. */
  public static final int BYTES = 4 + 2 + TOKEN_BYTES;

  private static final int MAGIC = 0x504C5752;
  private static final short VERSION = 1;

  private final byte[] token;

  /**
   * Greets.
   *
   * @param token the secret that the parent gave it
   */
  public Hello(byte[] token) {
    this.token = token.clone();
  }

  /**
   * Writes it.
   *
   * @return at its start
   */
  public ByteBuffer write() {
    return ByteBuffer.allocate(BYTES).putInt(MAGIC).putShort(VERSION).put(token).flip();
  }

  /**
   * Reads it.
   *
   * @param frame the first frame
   * @return what it says
   * @throws ProtocolDesyncException when this is no greeting of this version
   */
  public static Hello read(Frame frame) throws ProtocolDesyncException {
    ByteBuffer payload = frame.payload();
    if (frame.type() != FrameType.HELLO || payload.remaining() != BYTES) {
      throw new ProtocolDesyncException(
          "first frame is "
              + frame.type()
              + " of "
              + payload.remaining()
              + " bytes; must be HELLO of "
              + BYTES);
    }
    int magic = payload.getInt();
    if (magic != MAGIC) {
      throw new ProtocolDesyncException(
          "magic is 0x" + Integer.toHexString(magic) + "; must be 0x" + Integer.toHexString(MAGIC));
    }
    short version = payload.getShort();
    if (version != VERSION) {
      throw new ProtocolDesyncException("protocol version is " + version + "; must be " + VERSION);
    }
    byte[] token = new byte[TOKEN_BYTES];
    payload.get(token);
    return new Hello(token);
  }

  /**
   * Whether the token is the right one, in a time that does not depend on the bytes.
   *
   * @param expected what the parent gave its worker
   * @return whether they are equal
   */
  public boolean hasToken(byte[] expected) {
    return MessageDigest.isEqual(token, expected);
  }
}
