package dev.poolwright.internal.parcel;

import dev.poolwright.internal.task.HandWork;
import dev.poolwright.internal.task.PoolTask;
import dev.poolwright.internal.task.PreparedCall;
import dev.poolwright.internal.wire.DeclaredTypes;
import dev.poolwright.internal.wire.SharedArgument;
import dev.poolwright.spi.Call;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A call as it waits in the queue of a process pool: serialized when it was submitted, so that what
 * its caller changes afterwards does not matter.
 */
public final class Parcel extends PreparedCall {
  private static final long serialVersionUID = 1;
  private static final ByteBuffer NONE = ByteBuffer.allocate(0);

  private final transient Class<?> type;
  private final transient String targetClass;
  private final transient ClassLoader loader;
  private final transient ByteBuffer bytes;
  private final transient ByteBuffer shared;
  private final transient @Nullable Object label;
  private final transient QueuedBytes queuedBytes;
  private final AtomicBoolean isDropped = new AtomicBoolean();

  private Parcel(
      Class<?> type,
      String targetClass,
      ClassLoader loader,
      ByteBuffer bytes,
      ByteBuffer shared,
      @Nullable Object label,
      QueuedBytes queuedBytes) {
    this.type = type;
    this.targetClass = targetClass;
    this.loader = loader;
    this.bytes = bytes;
    this.shared = shared;
    this.label = label;
    this.queuedBytes = queuedBytes;
  }

  /** What a call and its target say, without its arguments. */
  public static Parcel of(
      Call<?, ?> call, @Nullable Object target, ByteBuffer bytes, QueuedBytes queued) {
    return of(call, target, bytes, NONE, queued);
  }

  private static Parcel of(
      Call<?, ?> call,
      @Nullable Object target,
      ByteBuffer bytes,
      ByteBuffer shared,
      QueuedBytes queued) {
    Object label = call instanceof HandWork<?> hand ? hand.work().getClass() : null;
    String targetClass = target == null ? "" : DeclaredTypes.targetOf(call.getClass()).getName();
    return new Parcel(call.getClass(), targetClass, loaderOf(call), bytes, shared, label, queued);
  }

  /** What the elements of a chunk have in common; their chunk keeps the bytes. */
  static Parcel ofElements(
      Call<?, ?> call,
      @Nullable Object target,
      @Nullable SharedArgument shared,
      QueuedBytes queued) {
    Parcel common = of(call, target, NONE, shared == null ? NONE : shared.bytes(), queued);
    common.isDropped.set(true);
    return common;
  }

  /** The first of those that a task consists of; null when it has none. */
  public static @Nullable Parcel of(@Nullable PoolTask<?> task) {
    Call<?, ?> call = task == null ? null : task.call();
    if (call instanceof Parcel single) {
      return single;
    }
    return call instanceof ChunkParcel chunk && !chunk.segments().isEmpty()
        ? chunk.segments().get(0).common
        : null;
  }

  private static ClassLoader loaderOf(Call<?, ?> call) {
    Class<?> type = call instanceof HandWork<?> hand ? hand.work().getClass() : call.getClass();
    ClassLoader loader = type.getClassLoader();
    return loader == null ? ClassLoader.getSystemClassLoader() : loader;
  }

  public Class<?> type() {
    return type;
  }

  /** Binary name of the class that has the method; empty when it is static. */
  public String targetClass() {
    return targetClass;
  }

  public ClassLoader loader() {
    return loader;
  }

  public ByteBuffer bytes() {
    return bytes;
  }

  /** An argument that the elements of a chunk have in common; empty when there is none. */
  ByteBuffer shared() {
    return shared;
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
