package dev.poolwright.internal.cluster;

import java.util.UUID;

/**
 * Names one element of one delivery of one caller.
 *
 * @param caller names a pool of a JVM
 * @param delivery counts what that pool sends; a call that is sent again has another one
 * @param element its place in what was sent
 */
record CallId(String caller, long delivery, int element) {

  /** A name that no pool had before. */
  static String newCaller() {
    return UUID.randomUUID().toString();
  }

  /** As {@link #parse} reads it. */
  String text() {
    return caller + ':' + delivery + ':' + element;
  }

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException when it is none
   */
  static CallId parse(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("\"" + text + "\" names no call");
    }
    return new CallId(parts[0], Long.parseLong(parts[1]), Integer.parseInt(parts[2]));
  }
}
