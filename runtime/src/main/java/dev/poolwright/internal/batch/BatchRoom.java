package dev.poolwright.internal.batch;

import java.util.OptionalInt;

/**
 * How many elements a batch may feed next: what its buffer still holds, in whole chunks. Guarded by
 * the lock of the state that it belongs to.
 */
final class BatchRoom {

  private final OptionalInt buffer;
  private final ChunkSizes sizes;
  private final int workers;
  private final boolean isSelfFed;

  /** With so many elements in the buffer, or fewer, there is room for another chunk. */
  private long lowWater = Long.MAX_VALUE;

  BatchRoom(OptionalInt buffer, ChunkSizes sizes, int workers, boolean isSelfFed) {
    this.buffer = buffer;
    this.sizes = sizes;
    this.workers = workers;
    this.isSelfFed = isSelfFed;
  }

  /**
   * The size of the next lot.
   *
   * @param isFirst whether nothing was measured yet: the chunk need not be whole
   * @param used elements in the buffer
   * @param chunks in flight
   * @param left inputs, as far as is known
   * @return 0 or less when there is no room for it
   */
  int next(boolean isFirst, long used, int chunks, long left) {
    int chunk = isFirst ? sizes.first() : sizes.next(left);
    long most = buffer.isPresent() ? buffer.getAsInt() : 2L * workers * chunk;
    chunk = (int) Math.min(chunk, most);
    lowWater = most - chunk;
    long count = Math.min(chunk, most - used);
    // A thread that iterates makes room one by one, and a chunk that is over the room of its size;
    // yet chunks are to be whole, unless a worker would have to wait for its next.
    boolean isTooLittle = count < chunk && !isFirst && (!isSelfFed || chunks > workers);
    return isTooLittle ? 0 : (int) Math.min(count, left);
  }

  /** Whether a look at {@link #next} may be worth it. */
  boolean isLow(long used) {
    return used <= lowWater;
  }
}
