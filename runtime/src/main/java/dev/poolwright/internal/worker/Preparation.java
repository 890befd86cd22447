package dev.poolwright.internal.worker;

import dev.poolwright.internal.wire.CallHeader;
import dev.poolwright.internal.wire.LateRunWord;
import dev.poolwright.internal.wire.Outcomes;
import dev.poolwright.internal.wire.PayloadBuffer;
import dev.poolwright.internal.wire.Payloads;
import dev.poolwright.spi.Call;
import java.util.List;

/**
 * What a worker JVM does while its main thread greets the parent: it rehearses a call, so that the
 * classes which the first one needs are there, and then maps the run word for the second.
 *
 * <p><b>Source:</b> the first answer waits for neither.
 */
final class Preparation extends Thread {
  private static final int LIMIT = 1 << 10;

  private final LateRunWord word;

  Preparation(LateRunWord word) {
    super(null, null, "poolwright-preparation", 0);
    this.word = word;
    setDaemon(true);
  }

  @Override
  public void run() {
    try {
      rehearse();
      word.map();
    } catch (Throwable e) {
      // The running thread meets it too, and says so.
    }
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
