package dev.poolwright.internal.process.jvm;

import dev.poolwright.internal.wire.PeekableChannel;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The parent's ends of two pipes, and of the tether, which is closed with them. The one that it
 * reads is a stream's, which alone can tell what there is to read.
 *
 * <p><b>Threads:</b> one reads while others write, one at a time; {@link #close} wakes them.
 */
final class PipePair implements PeekableChannel {
  private final FileInputStream stream;
  private final FileChannel in;
  private final FileChannel out;
  private final FileOutputStream tether;

  /** Opens them; both ends of each must be open. */
  PipePair(WorkerEndpoint.Names files) throws IOException {
    List<Closeable> opened = new ArrayList<>();
    boolean isOpen = false;
    try {
      stream = new FileInputStream(files.up().toFile());
      opened.add(stream);
      out = FileChannel.open(files.down(), StandardOpenOption.WRITE);
      opened.add(out);
      tether = new FileOutputStream(files.tether().toFile());
      isOpen = true;
    } finally {
      if (!isOpen) {
        for (Closeable each : opened) {
          each.close();
        }
      }
    }
    in = stream.getChannel();
  }

  OutputStream tether() {
    return tether;
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
    try (out;
        tether) {
      in.close();
    }
  }
}
