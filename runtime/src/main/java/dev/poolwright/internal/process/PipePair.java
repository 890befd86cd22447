package dev.poolwright.internal.process;

import dev.poolwright.internal.wire.PeekableChannel;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The parent's ends of two pipes. The one that it reads is a stream's, which alone can tell what
 * there is to read.
 *
 * <p><b>Threads:</b> one reads while others write, one at a time; {@link #close} wakes them.
 */
final class PipePair implements PeekableChannel {
  private final FileInputStream stream;
  private final FileChannel in;
  private final FileChannel out;

  /**
   * Opens them; both ends of each must be open.
   *
   * @param up from the worker
   * @param down to the worker
   */
  PipePair(Path up, Path down) throws IOException {
    stream = new FileInputStream(new File(up.toString()));
    in = stream.getChannel();
    boolean isOpen = false;
    try {
      out = FileChannel.open(down, StandardOpenOption.WRITE);
      isOpen = true;
    } finally {
      if (!isOpen) {
        stream.close();
      }
    }
  }

  @Override
  public int read(ByteBuffer to) throws IOException {
    return in.read(to);
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    return out.write(from);
  }

  @Override
  public boolean isReadable() throws IOException {
    return stream.available() > 0;
  }

  @Override
  public boolean isOpen() {
    return in.isOpen();
  }

  @Override
  public void closeOutput() throws IOException {
    out.close();
  }

  @Override
  public void close() throws IOException {
    try (out) {
      in.close();
    }
  }
}
