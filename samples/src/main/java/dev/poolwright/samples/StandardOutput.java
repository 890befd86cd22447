package dev.poolwright.samples;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * The standard output of this program. Unlike {@link System#out} it throws when it cannot be
 * written, with an {@link Unwritable} that passes through a {@link java.io.PrintWriter}.
 */
final class StandardOutput extends OutputStream {

  private final FileOutputStream file = new FileOutputStream(FileDescriptor.out);

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    try {
      file.write(bytes, offset, length);
    } catch (IOException e) {
      throw new Unwritable(e);
    }
  }

  /** Standard output cannot be written. */
  static final class Unwritable extends UncheckedIOException {
    private static final long serialVersionUID = 1;

    Unwritable(IOException cause) {
      super(cause);
    }

    /** Whether the reader went away, as {@code head} does: no reason to complain. */
    boolean isClosedPipe() {
      String message = String.valueOf(getMessage());
      return message.contains("Broken pipe") || message.contains("pipe is being closed");
    }
  }
}
