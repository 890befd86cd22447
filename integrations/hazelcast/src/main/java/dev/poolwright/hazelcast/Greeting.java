package dev.poolwright.hazelcast;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What caller and node say first. */
final class Greeting {

  private Greeting() {}

  /**
   * The caller's.
   *
   * @param caller names one pool of one JVM
   * @param client of Hazelcast, by whose end the node knows that the caller is gone
   * @param pool whose workers it wants
   */
  record OfCaller(String caller, String client, String pool) {
    byte[] write() {
      return Greeting.write(caller, client, pool);
    }

    static OfCaller read(byte[] bytes) throws IOException {
      String[] texts = Greeting.read(bytes, 3);
      return new OfCaller(texts[0], texts[1], texts[2]);
    }
  }

  /**
   * The node's.
   *
   * @param places how many calls of the pool it runs at once; 0 when it has no such pool, and
   *     {@link #NOT_YET} when the greeting came by another member
   * @param fingerprint of the generated calls that it has
   */
  record Welcome(int places, String fingerprint) {
    static final int NOT_YET = -1;

    byte[] write() {
      return Greeting.write(Integer.toString(places), fingerprint);
    }

    static Welcome read(byte[] bytes) throws IOException {
      String[] texts = Greeting.read(bytes, 2);
      return new Welcome(Integer.parseInt(texts[0]), texts[1]);
    }
  }

  private static byte[] write(String... texts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      for (String each : texts) {
        out.writeUTF(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Arrays do not fail.
    }
    return bytes.toByteArray();
  }

  private static String[] read(byte[] bytes, int count) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      String[] texts = new String[count];
      for (int i = 0; i < count; i++) {
        texts[i] = in.readUTF();
      }
      return texts;
    }
  }
}
