package dev.poolwright.internal.wire;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The first bytes on the tether: who may connect, and where to.
 *
 * <p><b>Shape:</b> 32 bytes token, then two texts, each 2 bytes length and modified UTF-8.
 *
 * <p>It comes after the process was started, so that the parent opens its listener while the worker
 * JVM boots.
 */
public final class Invitation {
  private final byte[] token;
  private final String endpoint;
  private final String channels;

  /**
   * Invites.
   *
   * @param token the secret that the worker repeats in its {@link Hello}
   * @param endpoint {@code unix:PATH} or {@code tcp:PORT}
   * @param channels class of the JDK's provider of channels, which saves the worker a search for
   *     one through its whole class path; empty when it is not known
   */
  public Invitation(byte[] token, String endpoint, String channels) {
    this.token = token.clone();
    this.endpoint = endpoint;
    this.channels = channels;
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
   * @return {@code unix:PATH} or {@code tcp:PORT}
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
   * Writes it.
   *
   * @return its bytes
   * @throws IOException never, in practice
   */
  public byte[] write() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(token);
    out.writeUTF(endpoint);
    out.writeUTF(channels);
    return bytes.toByteArray();
  }

  /**
   * Reads it, and nothing behind it.
   *
   * @param from the tether
   * @return what it says
   * @throws IOException when the tether ends before
   */
  public static Invitation read(InputStream from) throws IOException {
    DataInputStream in = new DataInputStream(from);
    byte[] token = new byte[Hello.TOKEN_BYTES];
    in.readFully(token); // FileInputStream.readNBytes seeks, which a pipe cannot.
    return new Invitation(token, in.readUTF(), in.readUTF());
  }
}
