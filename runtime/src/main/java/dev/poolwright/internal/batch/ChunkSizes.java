package dev.poolwright.internal.batch;

import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * How many elements the next chunk of a batch takes: a fixed number, or one that adapts to about
 * 200 ms of work. An adapting one starts at 1, grows at most eightfold from chunk to chunk, and
 * leaves every worker its share of what is left.
 *
 * <p><b>Threads:</b> thread-safe; the latest measurement wins.
 */
final class ChunkSizes {

  /** Larger chunks save nothing any more, and hold results back. */
  static final int MOST = 4_096;

  static final long TARGET_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private static final int GROWTH = 8;

  /** Chunks that each worker should still find, so that none is idle while others work. */
  private static final int SHARES = 2;

  private final int fixed;
  private final int most;
  private final int workers;
  private volatile int size = 1;

  /**
   * Sizes for one batch.
   *
   * @param fixed empty to adapt
   * @param buffer most elements that may be submitted; empty for no bound
   * @param workers of the pool
   */
  ChunkSizes(OptionalInt fixed, OptionalInt buffer, int workers) {
    this.fixed = fixed.orElse(0);
    this.most =
        buffer.isPresent()
            ? Math.max(1, Math.min(MOST, buffer.getAsInt() / SHARES / workers))
            : MOST;
    this.workers = workers;
  }

  /** The size before anything was measured. */
  int first() {
    return Math.max(1, fixed);
  }

  /** The next size, where so many inputs are left as far as is known. */
  int next(long left) {
    if (fixed > 0) {
      return fixed;
    }
    long share = Math.max(1, left / ((long) SHARES * workers));
    return (int) Math.min(share, Math.min(size, most));
  }

  /** Learns from a chunk that was run. */
  void measured(int elements, long nanos) {
    if (fixed == 0) {
      long ideal = TARGET_NANOS * elements / Math.max(1, nanos);
      size = (int) Math.max(1, Math.min(ideal, Math.min((long) GROWTH * size, most)));
    }
  }
}
