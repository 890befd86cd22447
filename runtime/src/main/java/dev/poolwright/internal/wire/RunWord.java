package dev.poolwright.internal.wire;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One mapped word that a worker JVM writes and its parent reads after a kill: which call and which
 * of its elements started last, and whether that ended. It survives SIGKILL.
 *
 * <p><b>Shape:</b> 8 bytes, native order: the low 32 bits of the call, 31 bits element, 1 bit
 * ended.
 *
 * <p><b>Threads:</b> written by the worker's running thread; read by anybody.
 */
public final class RunWord {
  private static final VarHandle WORD =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final ByteBuffer mapped;

  private RunWord(ByteBuffer mapped) {
    this.mapped = mapped;
  }

  /**
   * Maps the word of a worker.
   *
   * @param file made when it is missing
   * @return the word, 0 in a new file
   * @throws IOException when it cannot be mapped
   */
  public static RunWord map(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
      return new RunWord(channel.map(FileChannel.MapMode.READ_WRITE, 0, Long.BYTES));
    }
  }

  /**
   * Says that an element starts.
   *
   * @param call its call
   * @param element its place in the call, from 0
   */
  public void started(long call, int element) {
    WORD.setRelease(mapped, 0, word(call, element));
  }

  /**
   * Says that an element ended.
   *
   * @param call its call
   * @param element its place in the call, from 0
   */
  public void ended(long call, int element) {
    WORD.setRelease(mapped, 0, word(call, element) | 1);
  }

  private static long word(long call, int element) {
    return call << 32 | Integer.toUnsignedLong(element << 1);
  }

  /**
   * How many elements of a call were started.
   *
   * @param call the call
   * @return 0 when none was
   */
  public int startedOf(long call) {
    long word = (long) WORD.getAcquire(mapped, 0);
    return (int) (word >>> 32) == (int) call ? ((int) word >>> 1) + 1 : 0;
  }

  /**
   * How many elements of a call ended.
   *
   * @param call the call
   * @return at most {@link #startedOf}, and one less while one runs
   */
  public int endedOf(long call) {
    long word = (long) WORD.getAcquire(mapped, 0);
    if ((int) (word >>> 32) != (int) call) {
      return 0;
    }
    return ((int) word >>> 1) + (int) (word & 1);
  }
}
