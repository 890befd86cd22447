package dev.poolwright.internal.worker;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;

/**
 * A worker's ends of the two pipes to its parent. By streams, whose classes each JVM has loaded;
 * and an interrupt does not close them.
 *
 * <p><b>Threads:</b> one reads while others write, one at a time.
 */
final class ParentPipes implements ByteChannel {
  /** As much as a pipe holds. */
  private static final int PIPE_BYTES = 64 << 10;

  private final FileInputStream in;
  private final FileOutputStream out;
  private final byte[] read = new byte[PIPE_BYTES];
  private final byte[] written = new byte[PIPE_BYTES];

  /**
   * Opens them.
   *
   * @param names of the one from the parent, and behind a line break of the one to it
   */
  ParentPipes(String names) throws IOException {
    int split = names.indexOf('\n');
    in = new FileInputStream(names.substring(0, split));
    out = new FileOutputStream(names.substring(split + 1));
  }

  @Override
  public int read(ByteBuffer to) throws IOException {
    int count = in.read(read, 0, Math.min(PIPE_BYTES, to.remaining()));
    if (count > 0) {
      to.put(read, 0, count);
    }
    return count;
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    int count = Math.min(PIPE_BYTES, from.remaining());
    from.get(written, 0, count);
    out.write(written, 0, count);
    return count;
  }

  @Override
  public boolean isOpen() {
    return true; // As long as this JVM lives.
  }

  @Override
  public void close() throws IOException {
    try (out) {
      in.close();
    }
  }
}
