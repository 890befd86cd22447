package dev.poolwright.internal.process;

import dev.poolwright.internal.task.PreparedCall;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A call as it waits in the queue of a process pool: serialized when it was submitted, so that what
 * its caller changes afterwards does not matter.
 */
final class Parcel implements PreparedCall {
  private static final long serialVersionUID = 1;

  private final transient Class<?> type;
  private final transient String targetClass;
  private final transient ClassLoader loader;
  private final transient ByteBuffer bytes;
  private final transient @Nullable Object label;
  private final transient QueuedBytes queuedBytes;
  private final AtomicBoolean isDropped = new AtomicBoolean();

  Parcel(
      Class<?> type,
      String targetClass,
      ClassLoader loader,
      ByteBuffer bytes,
      @Nullable Object label,
      QueuedBytes queuedBytes) {
    this.type = type;
    this.targetClass = targetClass;
    this.loader = loader;
    this.bytes = bytes;
    this.label = label;
    this.queuedBytes = queuedBytes;
  }

  Class<?> type() {
    return type;
  }

  /** Binary name of the class that has the method; empty when it is static. */
  String targetClass() {
    return targetClass;
  }

  ClassLoader loader() {
    return loader;
  }

  ByteBuffer bytes() {
    return bytes;
  }

  @Override
  public @Nullable Object label() {
    return label;
  }

  @Override
  public void dropped() {
    if (isDropped.compareAndSet(false, true)) {
      queuedBytes.release(bytes.remaining());
    }
  }

  @Override
  public Object on(Object target) {
    throw new IllegalStateException("a parcel is not run in the parent");
  }
}
