package dev.poolwright.internal.crew;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.poolwright.annotation.SaturationPolicy;
import dev.poolwright.internal.FakeHome;
import dev.poolwright.internal.life.ExitPlan;
import dev.poolwright.internal.life.Life;
import dev.poolwright.internal.task.PoolTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** Who may enter a {@link Crew}, and that nobody who waits is forgotten. */
public final class CrewAdmission {

  private static final long HOUR = TimeUnit.HOURS.toNanos(1);

  private static final Life LIFE =
      new Life(failure -> {}, ExitPlan.DEFAULT, ClassLoader.getSystemClassLoader());

  /** Starts no thread: what is queued stays there. */
  private static final Life STILL =
      new Life(
          failure -> {}, ExitPlan.DEFAULT, ClassLoader.getSystemClassLoader(), thread -> {}, null);

  private CrewAdmission() {}

  private static Crew still(FakeHome home, int capacity) {
    return new Crew(
        home, STILL, new CrewLimits(1, capacity, SaturationPolicy.REJECT, HOUR, false, 256));
  }

  private static int accepted(Crew crew, PoolTask<?> task) {
    try {
      return crew.accept(task) ? 1 : 0;
    } catch (RejectedExecutionException e) {
      return 0;
    }
  }

  /** A submit beside the shutdown. */
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "let in before, and queued")
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "refused")
  @Outcome(expect = FORBIDDEN, desc = "let in and lost, or refused and queued")
  @State
  public static class SubmitOrShutdown {
    private final FakeHome home = new FakeHome(LIFE);
    private final Crew crew = still(home, 1);
    private final PoolTask<Integer> task = home.task(() -> 1);

    @Actor
    public void submitter(II_Result r) {
      r.r1 = accepted(crew, task);
    }

    @Actor
    public void closer() {
      crew.shutdown();
    }

    @Arbiter
    public void queue(II_Result r) {
      r.r2 = crew.isTerminated() ? 0 : crew.figures().queued();
    }
  }

  /** Three submits where two fit: the place in the queue, and the worker's. */
  @JCStressTest
  @Outcome(id = "2, 2, 1", expect = ACCEPTABLE, desc = "two are let in, one is refused")
  @Outcome(expect = FORBIDDEN, desc = "more or fewer than fit")
  @State
  public static class AsManyAsFit {
    private final FakeHome home = new FakeHome(LIFE);
    private final Crew crew = still(home, 1);
    private volatile int first;
    private volatile int second;
    private volatile int third;

    @Actor
    public void one() {
      first = accepted(crew, home.task(() -> 1));
    }

    @Actor
    public void two() {
      second = accepted(crew, home.task(() -> 2));
    }

    @Actor
    public void three() {
      third = accepted(crew, home.task(() -> 3));
    }

    @Arbiter
    public void books(III_Result r) {
      r.r1 = first + second + third;
      r.r2 = crew.figures().queued();
      r.r3 = (int) crew.figures().rejected();
    }
  }

  /** A cancel in the queue beside a submit: the place is free at once, or was not yet. */
  @JCStressTest
  @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "the place was free")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "the place was not free yet")
  @Outcome(expect = FORBIDDEN, desc = "a place was lost, or given twice")
  @State
  public static class CancelInQueueOrSubmit {
    private final FakeHome home = new FakeHome(LIFE);
    private final Crew crew = still(home, 1);
    private final PoolTask<Integer> queued = home.task(() -> 1);
    private final int before =
        accepted(crew, home.task(() -> 0)) + accepted(crew, queued);

    @Actor
    public void canceller() {
      boolean unused = queued.cancel(true);
      crew.remove(queued);
    }

    @Actor
    public void submitter(II_Result r) {
      r.r1 = accepted(crew, home.task(() -> 2));
    }

    @Arbiter
    public void books(II_Result r) {
      r.r2 = before == 2 ? crew.figures().queued() : -1;
    }
  }

  /** Two workers lend and give back beside a submit. */
  @JCStressTest
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "all places are back")
  @Outcome(expect = FORBIDDEN, desc = "a place was lost")
  @State
  public static class LendAndGiveBack {
    private final FakeHome home = new FakeHome(LIFE);
    private final Crew crew = still(home, 1);

    @Actor
    public void one() {
      crew.lend();
      crew.giveBack();
    }

    @Actor
    public void two() {
      crew.lend();
      crew.giveBack();
    }

    @Actor
    public void submitter() {
      int unused = accepted(crew, home.task(() -> 1));
    }

    @Arbiter
    public void books(II_Result r) {
      r.r1 = crew.figures().lent();
      r.r2 = crew.figures().queued();
    }
  }

  /** Two submits while the worker goes idle, or ends as it was idle for too long. */
  @JCStressTest
  @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "both ran")
  @Outcome(expect = FORBIDDEN, desc = "a task waits, and nobody looks")
  @State
  public static class IdleOrWake {
    private static final FakeHome HOME = new FakeHome(LIFE);
    private static final Crew CREW =
        new Crew(
            HOME,
            LIFE,
            new CrewLimits(1, 1 << 20, SaturationPolicy.REJECT, 20_000, false, 256));
    private final PoolTask<Integer> first = HOME.task(() -> 1);
    private final PoolTask<Integer> second = HOME.task(() -> 2);

    @Actor
    public void one() {
      int unused = accepted(CREW, first);
    }

    @Actor
    public void two() {
      int unused = accepted(CREW, second);
    }

    @Arbiter
    public void results(II_Result r) {
      long patience = TimeUnit.SECONDS.toNanos(10);
      r.r1 = first.awaitDone(patience) ? first.join() : -1;
      r.r2 = second.awaitDone(patience) ? second.join() : -1;
    }
  }
}
