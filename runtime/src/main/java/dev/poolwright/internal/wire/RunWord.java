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
 * of its elements started last, and whether that ended. It survives SIGKILL. Behind it lies a bit
 * for each element that the parent wants skipped.
 *
 * <p><b>Shape:</b> 8 bytes, native order: the low 32 bits of the call, 30 bits element, 1 bit
 * frozen, 1 bit ended; then the skip bits.
 *
 * <p><b>Threads:</b> the worker's running thread moves it on; the parent freezes it, so that
 * exactly the element it means is killed: neither can overlook the other, since both compare and
 * set.
 */
public final class RunWord {
  /** Most elements of a CALL frame, since each has a skip bit. */
  public static final int MOST_ELEMENTS = 4_096;

  static final int BYTES = Long.BYTES + MOST_ELEMENTS / 8;
  private static final long ENDED = 1;
  private static final long FROZEN = 2;

  private final ByteBuffer mapped;

  /**
   * Apart, since it takes a fresh JVM a millisecond, and who has not mapped the word has no use.
   */
  private static final class Words {
    static final VarHandle OF =
        MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
  }

  /** What the worker wrote last. Confined to its running thread. */
  private long last;

  RunWord(ByteBuffer mapped) {
    this.mapped = mapped;
  }

  /**
   * Makes the word of a worker. Its file is written in full before it is mapped: where there is no
   * room for a mapped page, the JVM is sent a signal.
   *
   * @param file where nothing is
   * @return the word, 0
   * @throws IOException when there is no room for it, or it cannot be mapped
   */
  public static RunWord create(Path file) throws IOException {
    PrivateDirectory.writeNew(file, new byte[BYTES]);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return map(channel);
    }
  }

  static RunWord map(FileChannel channel) throws IOException {
    return new RunWord(channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES));
  }

  // ---- by the worker

  /** Goes on after an element whose start is written, and which has ended; as {@link #ended}. */
  boolean goOn(long call, int element) {
    last = startOf(call, element);
    return ended();
  }

  /**
   * Says that an element starts.
   *
   * @param call its call
   * @param element its place in the call, from 0
   * @return false when the parent froze the word, and this JVM is about to be killed
   */
  public boolean started(long call, int element) {
    return moveTo(startOf(call, element));
  }

  static long startOf(long call, int element) {
    return call << 32 | (long) element << 2;
  }

  /**
   * Says that the element that was started ended.
   *
   * @return false when the parent froze the word, and this JVM is about to be killed
   */
  public boolean ended() {
    return moveTo(last | ENDED);
  }

  private boolean moveTo(long next) {
    boolean isFree = Words.OF.compareAndSet(mapped, 0, last, next);
    last = next;
    return isFree;
  }

  /**
   * Whether an element that was started is to be skipped.
   *
   * @param element its place in the call
   * @return asked for by the parent
   */
  public boolean isSkipped(int element) {
    return isIn((long) Words.OF.getVolatile(mapped, skipWord(element)), element);
  }

  static int skipWord(int element) {
    return Long.BYTES + element / Long.SIZE * Long.BYTES;
  }

  /** Whether the bit of an element is among those of its {@link #skipWord}. */
  static boolean isIn(long bits, int element) {
    return (bits & skipBit(element)) != 0;
  }

  private static long skipBit(int element) {
    return 1L << element; // The shift takes the place in the word.
  }

  // ---- by the parent

  /**
   * Has no element skipped; between two calls.
   *
   * @param count elements of the next call
   */
  public void clearSkips(int count) {
    for (int i = 0; i < count; i += Long.SIZE) {
      Words.OF.setVolatile(mapped, skipWord(i), 0L);
    }
  }

  /**
   * Has an element skipped unless it was started.
   *
   * @param element its place in the call
   */
  public void skip(int element) {
    int at = skipWord(element);
    long bits;
    do {
      bits = (long) Words.OF.getVolatile(mapped, at);
    } while (!Words.OF.compareAndSet(mapped, at, bits, bits | skipBit(element)));
  }

  /**
   * Lets the worker run nothing after an element that it started last.
   *
   * @param call its call
   * @param element its place in the call
   * @return false when another is the last that was started: then nothing changes
   */
  public boolean freeze(long call, int element) {
    long wanted = startOf(call, element);
    while (true) {
      long word = (long) Words.OF.getVolatile(mapped, 0);
      if ((word & ~(ENDED | FROZEN)) != wanted) {
        return false;
      }
      if (Words.OF.compareAndSet(mapped, 0, word, word | FROZEN)) {
        return true;
      }
    }
  }

  /**
   * How many elements of a call were started.
   *
   * @param call the call
   * @return 0 when none was
   */
  public int startedOf(long call) {
    long word = (long) Words.OF.getVolatile(mapped, 0);
    return (int) (word >>> 32) == (int) call ? ((int) word >>> 2) + 1 : 0;
  }

  /**
   * How many elements of a call ended.
   *
   * @param call the call
   * @return at most {@link #startedOf}, and one less while one runs
   */
  public int endedOf(long call) {
    long word = (long) Words.OF.getVolatile(mapped, 0);
    if ((int) (word >>> 32) != (int) call) {
      return 0;
    }
    return ((int) word >>> 2) + (int) (word & ENDED);
  }
}
