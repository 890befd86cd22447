package dev.poolwright.internal.wire;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The first bytes on the tether: who may connect, where to, and what for.
 *
 * <p><b>Shape:</b> 32 bytes token, then three texts, each 2 bytes length and UTF-8.
 *
 * <p>It comes after the process was started, so that the parent opens its listener while the worker
 * JVM boots.
 */
public final class Invitation {
  /** How an endpoint of two named pipes begins: down, a line break, up. */
  public static final String PIPES = "pipe:";

  /** How a Unix socket begins; its path follows. */
  public static final String UNIX = "unix:";

  /** How a loopback port begins; its number follows. */
  public static final String TCP = "tcp:";

  private static final int MOST_BYTES = 0xFFFF;

  private final byte[] token;
  private final String endpoint;
  private final String channels;
  private final String firstCall;

  /**
   * Invites.
   *
   * @param token the secret that the worker repeats in its {@link Hello}
   * @param endpoint begins with {@link #PIPES}, {@link #UNIX} or {@link #TCP}
   * @param channels class of the JDK's provider of channels, which saves the worker a search for
   *     one through its whole class path; empty when it is not known
   * @param firstCall binary name of the class of the call that the worker is started for, which it
   *     loads ahead; empty when it is started ahead itself
   */
  public Invitation(byte[] token, String endpoint, String channels, String firstCall) {
    this.token = token.clone();
    this.endpoint = endpoint;
    this.channels = channels;
    this.firstCall = firstCall;
  }

  /**
   * The secret.
   *
   * @return a copy
   */
  public byte[] token() {
    return token.clone();
  }

  /**
   * Where the parent listens.
   *
   * @return begins with {@link #PIPES}, {@link #UNIX} or {@link #TCP}
   */
  public String endpoint() {
    return endpoint;
  }

  /**
   * The class of the provider of channels.
   *
   * @return empty when it is not known
   */
  public String channels() {
    return channels;
  }

  /**
   * The class of the call that the worker is started for.
   *
   * @return binary name; empty when it is started ahead of need
   */
  public String firstCall() {
    return firstCall;
  }

  /**
   * Writes it.
   *
   * @return its bytes
   * @throws IOException when a text is longer than 65,535 bytes
   */
  public byte[] write() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(token);
    for (String text : List.of(endpoint, channels, firstCall)) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      if (bytes.length > MOST_BYTES) {
        throw new IOException(text + " is longer than " + MOST_BYTES + " bytes");
      }
      out.write(bytes.length >>> 8);
      out.write(bytes.length);
      out.write(bytes);
    }
    return out.toByteArray();
  }

  /**
   * Reads it, and nothing behind it.
   *
   * @param from the tether
   * @return what it says
   * @throws IOException when the tether ends before
   */
  public static Invitation read(InputStream from) throws IOException {
    byte[] token = exactly(Hello.TOKEN_BYTES, from);
    return new Invitation(token, text(from), text(from), text(from));
  }

  private static String text(InputStream from) throws IOException {
    byte[] length = exactly(2, from);
    byte[] bytes = exactly(((length[0] & 0xFF) << 8) | (length[1] & 0xFF), from);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] exactly(int count, InputStream from) throws IOException {
    byte[] bytes = new byte[count];
    if (from.readNBytes(bytes, 0, count) < count) { // The other readNBytes seeks; a pipe cannot.
      throw new EOFException("the tether ended inside the invitation");
    }
    return bytes;
  }
}
