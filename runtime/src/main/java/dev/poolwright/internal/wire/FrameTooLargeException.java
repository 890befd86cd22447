package dev.poolwright.internal.wire;

import java.io.IOException;

/**
 * A frame is larger than its channel allows. When sending, nothing was sent and the channel stays
 * usable.
 */
public final class FrameTooLargeException extends IOException {
  private static final long serialVersionUID = 1;

  FrameTooLargeException(FrameType type, long bytes, int limit) {
    super(type + " frame has " + bytes + " bytes of payload; limit is " + limit);
  }
}
