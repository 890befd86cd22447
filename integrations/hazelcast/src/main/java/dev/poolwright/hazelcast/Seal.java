package dev.poolwright.hazelcast;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Says of bytes that somebody wrote them who knows the secret of the cluster: HMAC-SHA256 over what
 * they are, in which session, and the bytes. A session is between one caller and one node, and is
 * named by the node at random, so that nothing of one session counts in another.
 *
 * <p><b>Shape:</b> 16 bytes session, 32 bytes code, then the bytes.
 *
 * <p><b>Threads:</b> thread-safe.
 */
final class Seal {
  static final int SESSION_BYTES = 16;

  /** Of greetings, which come before there is one. */
  static final byte[] NO_SESSION = new byte[SESSION_BYTES];

  private static final int MAC_BYTES = 32;
  private static final String ALGORITHM = "HmacSHA256";

  /** What bytes are, so that none can stand for others. */
  enum Kind {
    HELLO(1),
    WELCOME(2),
    CALL(3),
    ANSWER(4),
    INTERRUPT(5),
    MESSAGE(6),
    GOODBYE(7);

    private final byte code;

    Kind(int code) {
      this.code = (byte) code;
    }

    byte code() {
      return code;
    }

    static @Nullable Kind of(byte code) {
      return Arrays.stream(values()).filter(kind -> kind.code == code).findFirst().orElse(null);
    }
  }

  /** The bytes were not written by who knows the secret, or not for this. */
  static final class ForgedException extends Exception {
    private static final long serialVersionUID = 1;

    ForgedException(String message) {
      super(message);
    }
  }

  private final Mac keyed;
  private final SecureRandom random = new SecureRandom();

  /**
   * Makes one.
   *
   * @param secret of the cluster; without any, everybody on this machine knows it
   */
  Seal(byte[] secret) {
    byte[] known = secret.length == 0 ? "none".getBytes(StandardCharsets.UTF_8) : secret;
    try {
      keyed = Mac.getInstance(ALGORITHM);
      keyed.init(new SecretKeySpec(known, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // Every JDK has it.
    }
  }

  /** A name that no session had before, and nobody can guess. */
  byte[] newSession() {
    byte[] session = new byte[SESSION_BYTES];
    random.nextBytes(session);
    return session;
  }

  /** Seals bytes. */
  byte[] close(Kind kind, byte[] session, byte[] bytes) {
    return ByteBuffer.allocate(SESSION_BYTES + MAC_BYTES + bytes.length)
        .put(session)
        .put(mac(kind, session, bytes, 0, bytes.length))
        .put(bytes)
        .array();
  }

  /** The session that sealed bytes claim to belong to. */
  static byte[] sessionOf(byte[] sealed) throws ForgedException {
    if (sealed.length < SESSION_BYTES + MAC_BYTES) {
      throw new ForgedException("sealed bytes are " + sealed.length + "; too few");
    }
    return Arrays.copyOf(sealed, SESSION_BYTES);
  }

  /**
   * Opens sealed bytes.
   *
   * @throws ForgedException when they are not of that kind and session, or not sealed by us
   */
  byte[] open(Kind kind, byte[] session, byte[] sealed) throws ForgedException {
    if (!MessageDigest.isEqual(sessionOf(sealed), session)) {
      throw new ForgedException("a " + kind + " is of another session");
    }
    int start = SESSION_BYTES + MAC_BYTES;
    byte[] claimed = Arrays.copyOfRange(sealed, SESSION_BYTES, start);
    byte[] right = mac(kind, session, sealed, start, sealed.length - start);
    if (!MessageDigest.isEqual(claimed, right)) {
      throw new ForgedException(
          "a " + kind + " has a wrong code; the secrets differ, or it is forged");
    }
    return Arrays.copyOfRange(sealed, start, sealed.length);
  }

  private byte[] mac(Kind kind, byte[] session, byte[] bytes, int from, int length) {
    try {
      Mac mac = (Mac) keyed.clone(); // To look one up and to key it costs more than to use it.
      mac.update(kind.code());
      mac.update(session);
      mac.update(bytes, from, length);
      return mac.doFinal();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e); // That of every JDK can be copied.
    }
  }
}
