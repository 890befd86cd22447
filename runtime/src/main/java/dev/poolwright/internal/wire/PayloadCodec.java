package dev.poolwright.internal.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * How objects that have no shorter form become bytes. The JDK's serialization today; a compile-time
 * codec may join it.
 */
public interface PayloadCodec {

  /**
   * Writes one object and what it refers to.
   *
   * @param value any object
   * @param out gets the bytes
   * @throws IOException when it cannot be written
   */
  void write(@Nullable Object value, PayloadBuffer out) throws IOException;

  /**
   * Reads one object.
   *
   * @param in exactly the bytes that were written
   * @return the object
   * @throws IOException when it cannot be read, or may not
   * @throws ClassNotFoundException when a class is unknown here
   */
  @Nullable Object read(ByteBuffer in) throws IOException, ClassNotFoundException;
}
