package dev.poolwright.internal.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A channel that gives back what was written to it. */
public final class MemoryChannel implements ByteChannel {
  private byte[] bytes = new byte[1_024];
  private int written;
  private int read;
  private volatile boolean open = true;
  private @Nullable Random cuts;
  private @Nullable Error failure;

  /** Makes every read and write move as little as it may. */
  void cutUp(Random random) {
    cuts = random;
  }

  void give(byte[] more) {
    try {
      int unused = write(ByteBuffer.wrap(more));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Throws it in the middle of the next write. */
  public void failOnce(Error thrown) {
    failure = thrown;
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    if (!open) {
      throw new ClosedChannelException();
    }
    Error thrown = failure;
    int some = thrown == null ? some(from.remaining()) : from.remaining() / 2;
    if (written + some > bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * (written + some));
    }
    from.get(bytes, written, some);
    written += some;
    if (thrown != null) {
      failure = null;
      throw thrown;
    }
    return some;
  }

  @Override
  public int read(ByteBuffer to) {
    if (read == written) {
      return -1;
    }
    int some = some(Math.min(to.remaining(), written - read));
    to.put(bytes, read, some);
    read += some;
    return some;
  }

  private int some(int most) {
    return cuts == null ? most : cuts.nextInt(most + 1);
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
  }
}
