package dev.poolwright.internal.wire;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The {@link RunWord} of a worker JVM that has only booted: the start of its first element is
 * written to the file, since mapping that takes a fresh JVM longer than a small call. The parent,
 * which has it mapped, sees no difference, but that the first element is marked as ended when the
 * second starts: a write could not tell whether the parent froze the word meanwhile.
 *
 * <p><b>Threads:</b> confined to the running thread, but for {@link #map}.
 */
public final class LateRunWord {
  private final RandomAccessFile file;

  /** Written once, by whichever thread maps it. */
  private volatile @Nullable RunWord mapped;

  private @Nullable RunWord word; // The same, once it is in use.
  private boolean isBegun;
  private long firstCall;
  private int firstElement;

  private LateRunWord(RandomAccessFile file) {
    this.file = file;
  }

  /**
   * Opens the word, and removes its file: after a kill none is left.
   *
   * @param path of the word, which the parent has mapped
   * @return not mapped yet
   * @throws IOException when it cannot be opened
   */
  public static LateRunWord open(File path) throws IOException {
    RandomAccessFile file = new RandomAccessFile(path, "rw");
    boolean unused = path.delete();
    return new LateRunWord(file);
  }

  /**
   * Maps it ahead of need, on any thread. A second call does nothing.
   *
   * @throws IOException when it cannot be mapped
   */
  public void map() throws IOException {
    RunWord unused = mapped();
  }

  private synchronized RunWord mapped() throws IOException {
    RunWord known = mapped;
    if (known == null) {
      known = RunWord.map(file.getChannel());
      mapped = known;
    }
    return known;
  }

  /**
   * Says that an element starts.
   *
   * @param call its call
   * @param element its place in the call, from 0
   * @return false when the parent froze the word, and this JVM is about to be killed
   */
  public boolean started(long call, int element) {
    RunWord used = word;
    try {
      if (used == null && !isBegun && mapped == null) {
        begin(call, element);
        return true;
      }
      if (used == null) {
        used = mapped();
        file.close(); // The mapping stays.
        word = used;
        if (isBegun && !used.goOn(firstCall, firstElement)) {
          return false;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the run word cannot be written", e);
    }
    return used.started(call, element);
  }

  private void begin(long call, int element) throws IOException {
    isBegun = true;
    firstCall = call;
    firstElement = element;
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
    file.write(bytes.putLong(RunWord.startOf(call, element)).array());
    VarHandle.fullFence(); // As the mapped word has: the skip bits are read after this.
  }

  /**
   * Whether an element that was started is to be skipped.
   *
   * @param element its place in the call
   * @return asked for by the parent
   */
  public boolean isSkipped(int element) {
    RunWord used = word;
    if (used != null) {
      return used.isSkipped(element);
    }
    ByteBuffer bits = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
    try {
      file.seek(RunWord.skipWord(element));
      file.readFully(bits.array());
    } catch (IOException e) {
      throw new UncheckedIOException("the run word cannot be read", e);
    }
    return RunWord.isIn(bits.getLong(), element);
  }

  /**
   * Says that the element that was started ended.
   *
   * @return false when the parent froze the word, and this JVM is about to be killed
   */
  public boolean ended() {
    RunWord used = word;
    return used == null || used.ended();
  }
}
