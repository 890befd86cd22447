package dev.poolwright.hazelcast;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The secret that callers and nodes of one cluster share. */
final class ClusterSecret {
  /** As many as the code that is made of it has. */
  private static final int LEAST_BYTES = 16;

  private ClusterSecret() {}

  /**
   * Reads it.
   *
   * @param file its only content, but for white space around it; null for none
   * @throws IllegalArgumentException when it cannot be read, or is too short to be one
   */
  static byte[] read(@Nullable String file) {
    if (file == null || file.isEmpty()) {
      return new byte[0];
    }
    try {
      byte[] secret = Files.readString(Path.of(file)).strip().getBytes(StandardCharsets.UTF_8);
      if (secret.length < LEAST_BYTES) {
        throw new IllegalArgumentException(
            "the secret in "
                + file
                + " has "
                + secret.length
                + " bytes; must be "
                + LEAST_BYTES
                + " or more");
      }
      return secret;
    } catch (IOException e) {
      throw new IllegalArgumentException("the secret in " + file + " cannot be read: " + e, e);
    }
  }
}
