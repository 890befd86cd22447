package dev.poolwright.internal.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.FileChannel;

/**
 * The parent's ends of two pipes.
 *
 * <p><b>Threads:</b> one reads while others write, one at a time; {@link #close} wakes them.
 */
record PipePair(FileChannel in, FileChannel out) implements ByteChannel {
  @Override
  public int read(ByteBuffer to) throws IOException {
    return in.read(to);
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    return out.write(from);
  }

  @Override
  public boolean isOpen() {
    return in.isOpen() && out.isOpen();
  }

  @Override
  public void close() throws IOException {
    try (out) {
      in.close();
    }
  }
}
