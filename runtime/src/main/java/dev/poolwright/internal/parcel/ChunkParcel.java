package dev.poolwright.internal.parcel;

import dev.poolwright.TaskSerializationException;
import dev.poolwright.internal.batch.ChunkTask;
import dev.poolwright.internal.task.HandWork;
import dev.poolwright.internal.task.PoolTask;
import dev.poolwright.internal.task.PreparedCall;
import dev.poolwright.internal.wire.PayloadBuffer;
import dev.poolwright.internal.wire.Payloads;
import dev.poolwright.internal.wire.RunWord;
import dev.poolwright.internal.wire.SharedArgument;
import dev.poolwright.spi.Call;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A chunk as it waits in the queue of a process pool: its elements are serialized, in the form of a
 * CALL frame, so that a frame with any range of them is one slice of bytes.
 */
public final class ChunkParcel extends PreparedCall {
  private static final long serialVersionUID = 1;

  /** A segment that is longer takes no more elements, so that it fits a frame. */
  private static final int SEGMENT_BYTES = 256 << 10;

  private final transient List<Segment> segments = new ArrayList<>();
  private final transient QueuedBytes queuedBytes;
  private final AtomicBoolean isDropped = new AtomicBoolean();
  private transient int bytes;

  private ChunkParcel(QueuedBytes queuedBytes) {
    this.queuedBytes = queuedBytes;
  }

  /** Elements from one place to another, whose calls have one class, and one function if any. */
  public static final class Segment {
    public final Parcel common;
    public final int from;
    private final @Nullable Object function;
    private final @Nullable SharedArgument shared;
    private final PayloadBuffer out = new PayloadBuffer();
    private int[] ends = new int[64];
    private int size;

    Segment(Parcel common, @Nullable Object function, @Nullable SharedArgument shared, int from) {
      this.common = common;
      this.function = function;
      this.shared = shared;
      this.from = from;
    }

    public int to() {
      return from + size;
    }

    private boolean takes(Call<?, ?> call) {
      return call.getClass() == common.type()
          && functionOf(call) == function
          && out.size() < SEGMENT_BYTES
          && size < RunWord.MOST_ELEMENTS;
    }

    private void add(Payloads payloads, PoolTask<?> element, @Nullable Call<?, ?> call) {
      out.limitTo(Long.MAX_VALUE);
      int at = out.beginSized();
      if (call != null) {
        try {
          payloads.writeCall(element.name(), call, shared, out);
        } catch (TaskSerializationException e) {
          boolean unused = element.completeExceptionally(e);
        }
      }
      out.endSized(at);
      if (size == ends.length) {
        ends = Arrays.copyOf(ends, 4 * size);
      }
      ends[size++] = out.size();
    }

    /** The elements between two places, as a CALL frame has them. */
    public ByteBuffer slice(int first, int end) {
      int start = first == from ? 0 : ends[first - from - 1];
      return out.toByteBuffer().slice(start, ends[end - from - 1] - start);
    }
  }

  /** Serializes the elements of a chunk; one that cannot be fails. */
  public static ChunkParcel of(ChunkTask chunk, Payloads payloads, QueuedBytes queuedBytes) {
    ChunkParcel parcel = new ChunkParcel(queuedBytes);
    Segment now = null;
    for (int i = 0; i < chunk.size(); i++) {
      PoolTask<?> element = chunk.element(i);
      Call<?, ?> call = element == null ? null : element.call();
      if (element != null && call != null) {
        if (now == null || !now.takes(call)) {
          now = parcel.open(payloads, call, element, i);
        }
        now.add(payloads, element, call);
        element.prepared(now.common);
      } else if (element != null && now != null) {
        now.add(payloads, element, null);
      } else if (now != null) {
        now = null;
      }
    }
    for (Segment each : parcel.segments) {
      parcel.bytes += each.out.size() + each.common.shared().remaining();
    }
    queuedBytes.add(parcel.bytes);
    return parcel;
  }

  private Segment open(Payloads payloads, Call<?, ?> call, PoolTask<?> element, int from) {
    Object function = functionOf(call);
    SharedArgument shared = function == null ? null : payloads.share(function);
    Parcel common = Parcel.ofElements(call, element.target(), shared, queuedBytes);
    Segment segment = new Segment(common, function, shared, from);
    segments.add(segment);
    return segment;
  }

  /** What was mapped by hand; null when it is a method. */
  private static @Nullable Object functionOf(Call<?, ?> call) {
    return call instanceof HandWork.OfFunction<?, ?> mapped ? mapped.work() : null;
  }

  public List<Segment> segments() {
    return segments;
  }

  @Override
  public @Nullable Object label() {
    return null;
  }

  @Override
  public void dropped() {
    if (isDropped.compareAndSet(false, true)) {
      queuedBytes.release(bytes);
    }
  }

  @Override
  public Object on(Object target) {
    throw new IllegalStateException("a parcel is not run in the parent");
  }
}
