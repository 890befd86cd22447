package dev.poolwright.internal.worker;

import dev.poolwright.internal.wire.CallHeader;
import dev.poolwright.internal.wire.Outcomes;
import dev.poolwright.internal.wire.PayloadBuffer;
import dev.poolwright.internal.wire.Payloads;
import dev.poolwright.internal.wire.RunWord;
import dev.poolwright.spi.Call;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * What a worker JVM does while its main thread connects: it maps the run word, and rehearses a call
 * so that the classes which the first one needs are there.
 *
 * <p><b>Source:</b> the two take about as long as one another in a fresh JVM.
 */
final class Preparation extends Thread {
  private static final int LIMIT = 1 << 10;

  private final Path wordFile;

  private final Semaphore done = new Semaphore(0);

  // Both written before done.
  private @Nullable RunWord word;
  private @Nullable Throwable failure;

  Preparation(Path wordFile) {
    super(null, null, "poolwright-preparation", 0);
    this.wordFile = wordFile;
    setDaemon(true);
  }

  @Override
  public void run() {
    try {
      word = RunWord.map(wordFile);
      Files.deleteIfExists(wordFile); // The mapping stays; after a kill no file is left.
      rehearse();
    } catch (Throwable e) {
      failure = e;
    } finally {
      done.release();
    }
  }

  /** Waits until all is prepared. */
  RunWord awaitWord() {
    done.acquireUninterruptibly();
    boolean ignored = Thread.interrupted(); // Meant for the initializer, which is over.
    RunWord mapped = word;
    if (failure != null || mapped == null) {
      throw new IllegalStateException("the worker JVM could not prepare itself", failure);
    }
    return mapped;
  }

  /** A call that is only written and read. */
  private record Rehearsal(int number) implements Call<Object, Integer> {
    @Override
    public Integer on(Object target) {
      return number;
    }
  }

  private static void rehearse() {
    Payloads payloads = new Payloads(List.of(), LIMIT);
    PayloadBuffer out = new PayloadBuffer(LIMIT);
    new CallHeader("", "", "", false, 0).write(out);
    CallHeader unused = CallHeader.read(out.toByteBuffer());
    out.truncate(0);
    payloads.writeCall("", new Rehearsal(1), out);
    Call<?, ?> ignored = payloads.readCall("", Rehearsal.class, out.toByteBuffer());
    out.truncate(0);
    new Outcomes(payloads).writeReturned("", 1, out);
  }
}
