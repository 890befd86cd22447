package dev.poolwright.internal.wire;

import java.io.IOException;

/** Bytes on the channel are not what the protocol says; nothing after them can be trusted. */
public final class ProtocolDesyncException extends IOException {
  private static final long serialVersionUID = 1;

  /**
   * Made by whoever reads.
   *
   * @param message names what was read and what is allowed
   */
  public ProtocolDesyncException(String message) {
    super(message);
  }
}
