package dev.poolwright.internal.wire;

import java.io.IOException;
import java.nio.channels.ByteChannel;

/**
 * A channel that can tell whether there is something to read.
 *
 * <p><b>Threads:</b> both methods are for any thread, also while others read and write.
 */
public interface PeekableChannel extends ByteChannel {
  /**
   * Whether a read would have something at once.
   *
   * @return false at the end of what was sent, too
   * @throws IOException when it is closed
   */
  boolean isReadable() throws IOException;

  /**
   * Closes the way to the peer; who writes to it gets an exception.
   *
   * @throws IOException when that fails
   */
  void closeOutput() throws IOException;
}
