package dev.poolwright.internal.wire;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.nio.ByteBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** What the parent asks of the word while the worker moves it on, as a drive does. */
public final class RunWordMoves {

  private static final long CALL = 7;

  private RunWordMoves() {}

  /** One that no file has. */
  public static RunWord word() {
    return new RunWord(ByteBuffer.allocateDirect(RunWord.BYTES));
  }

  /** An element is skipped, or runs, and the parent knows which. */
  @JCStressTest
  @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "it runs, and the parent knows")
  @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "it is skipped, and the parent knows")
  @Outcome(id = "false, false", expect = ACCEPTABLE, desc = "skipped; the parent takes it to run")
  @Outcome(id = "true, true", expect = FORBIDDEN, desc = "it runs, and the parent does not know")
  @State
  public static class SkipOrStart {
    private final RunWord word = word();

    @Actor
    public void worker(ZZ_Result r) {
      r.r1 = word.started(CALL, 0) && !word.isSkipped(0);
    }

    @Actor
    public void parent(ZZ_Result r) {
      word.skip(0);
      r.r2 = word.startedOf(CALL) == 0;
    }
  }

  /** The worker is frozen at one element, or goes on to the next. */
  @JCStressTest
  @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "it went on: nobody is killed")
  @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "it is frozen, and begins nothing more")
  @Outcome(expect = FORBIDDEN, desc = "an element is killed that was not meant, or none is")
  @State
  public static class FreezeOrGoOn {
    private final RunWord word = word();

    public FreezeOrGoOn() {
      boolean unused = word.started(CALL, 0);
    }

    @Actor
    public void worker(ZZ_Result r) {
      r.r1 = word.ended() && word.started(CALL, 1);
    }

    @Actor
    public void parent(ZZ_Result r) {
      r.r2 = word.freeze(CALL, 0);
    }
  }
}
