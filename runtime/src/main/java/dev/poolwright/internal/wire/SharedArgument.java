package dev.poolwright.internal.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An argument that the calls of a frame have in common: written once, and read once, when the first
 * call needs it.
 *
 * <p><b>Threads:</b> confined to the thread that writes the calls, or reads them.
 */
public final class SharedArgument {
  private final ByteBuffer bytes;
  private @Nullable Object value;

  SharedArgument(Object value, ByteBuffer bytes) {
    this.value = value;
    this.bytes = bytes;
  }

  /** One that was not read yet. */
  private SharedArgument(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  /** That of calls with such a header; null when they have none. */
  public static @Nullable SharedArgument of(CallHeader header) {
    return header.shared().hasRemaining() ? new SharedArgument(header.shared()) : null;
  }

  /** As {@link CallHeader} has it. */
  public ByteBuffer bytes() {
    return bytes;
  }

  boolean is(@Nullable Object component) {
    return component == value;
  }

  /** Reads it, unless that is done; what fails is tried again by the next call. */
  @Nullable Object read(Values values) throws IOException, ReflectiveOperationException {
    if (value == null) {
      value = values.read(bytes.duplicate(), null, null);
    }
    return value;
  }
}
