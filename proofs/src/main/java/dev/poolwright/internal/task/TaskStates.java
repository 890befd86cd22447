package dev.poolwright.internal.task;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.poolwright.internal.FakeHome;
import dev.poolwright.internal.life.ExitPlan;
import dev.poolwright.internal.life.Life;
import dev.poolwright.spi.Call;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.ZI_Result;

/** The table at the field {@code state} of {@link PoolTask}. */
public final class TaskStates {

  private static final Life LIFE =
      new Life(failure -> {}, ExitPlan.DEFAULT, ClassLoader.getSystemClassLoader());

  private TaskStates() {}

  /** A cancel with interrupt beside the whole run. */
  @JCStressTest
  @Outcome(id = "0, 0, 1", expect = ACCEPTABLE, desc = "withdrawn, and never ran")
  @Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "the run won")
  @Outcome(id = "2, 1, 1", expect = ACCEPTABLE, desc = "stopped before the run was over")
  @Outcome(expect = FORBIDDEN, desc = "a stop was lost, or hit a run that was over")
  @State
  public static class CancelStopsTheRunOrEndsIt {
    private final FakeHome home = new FakeHome(LIFE);
    private final PoolTask<Integer> task = home.task(() -> 1);

    @Actor
    public void worker(III_Result r) {
      if (task.begin()) {
        r.r1 = task.succeed(1) ? 1 : 2;
        task.runEnded();
        r.r2 = home.times("stop");
      }
    }

    @Actor
    public void outsider() {
      boolean unused = task.cancel(true);
    }

    @Arbiter
    public void ends(III_Result r) {
      r.r3 = home.ends();
      if (r.r2 != home.times("stop")) {
        r.r2 = -1;
      }
    }
  }

  /** Completion from outside beside the run. */
  @JCStressTest
  @Outcome(id = "true, 2", expect = ACCEPTABLE, desc = "the outsider won")
  @Outcome(id = "false, 1", expect = ACCEPTABLE, desc = "the run won")
  @Outcome(expect = FORBIDDEN, desc = "both or none")
  @State
  public static class CompleteOrRun {
    private final FakeHome home = new FakeHome(LIFE);
    private final PoolTask<Integer> task = home.task(() -> 1);

    @Actor
    public void worker() {
      task.run();
    }

    @Actor
    public void outsider(ZI_Result r) {
      r.r1 = task.complete(2);
    }

    @Arbiter
    public void value(ZI_Result r) {
      r.r2 = task.join();
    }
  }

  /** Two outsiders, and the run. */
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "one end")
  @Outcome(expect = FORBIDDEN, desc = "two ends, or none")
  @State
  public static class OneEnds {
    private final FakeHome home = new FakeHome(LIFE);
    private final PoolTask<Integer> task = home.task(() -> 1);
    private volatile int completed;
    private volatile int failed;
    private volatile int succeeded;

    @Actor
    public void worker() {
      if (task.begin()) {
        succeeded = task.succeed(1) ? 1 : 0;
        task.runEnded();
      }
    }

    @Actor
    public void completer() {
      completed = task.complete(2) ? 1 : 0;
    }

    @Actor
    public void failer() {
      failed = task.completeExceptionally(new IllegalStateException()) ? 1 : 0;
    }

    @Arbiter
    public void ends(II_Result r) {
      r.r1 = home.ends();
      r.r2 = completed + failed + succeeded;
      task.observe();
    }
  }

  /** A limit of a nanosecond beside the run. */
  @JCStressTest
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the run was quicker")
  @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "the limit stopped the run, once")
  @Outcome(expect = FORBIDDEN, desc = "a stop without a reason, or none")
  @State
  public static class LimitOrRun {
    private final FakeHome home = new FakeHome(LIFE);
    private final PoolTask<Integer> task =
        new PoolTask<>(
            TaskSite.ofHandWork(home, Duration.ofNanos(1), 0),
            null,
            new HandWork.OfCallable<>(() -> 1));

    @Actor
    public void worker(II_Result r) {
      if (task.begin()) {
        r.r1 = task.succeed(1) ? 1 : 2;
        task.runEnded();
        r.r2 = home.times("stop");
      }
    }

    @Actor
    public void reader() {
      boolean unused = task.awaitDone(Long.MAX_VALUE);
      task.observe();
    }
  }

  @SuppressWarnings("unchecked") // The result of such a call is the stage.
  private static PoolTask<Integer> ofStage(FakeHome home, CompletableFuture<Integer> stage) {
    Call<Object, Object> call = none -> stage;
    TaskSite site = new TaskSite("m", home, 0, "", 0, true, List.of(), null);
    return new PoolTask<>(site, null, (Call<?, Integer>) (Call<?, ?>) call);
  }

  /** A cancel while the method returns its stage. */
  @JCStressTest
  @Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "cancelled, and its stage if there was one")
  @Outcome(expect = FORBIDDEN, desc = "a stage that goes on, or a place that is kept")
  @State
  public static class CancelOrDetach {
    private final FakeHome home = new FakeHome(LIFE);
    private final CompletableFuture<Integer> stage = new CompletableFuture<>();
    private final PoolTask<Integer> task = ofStage(home, stage);

    @Actor
    public void worker() {
      task.run();
    }

    @Actor
    public void outsider(III_Result r) {
      r.r1 = task.cancel(true) ? 1 : 0;
    }

    @Arbiter
    public void books(III_Result r) {
      r.r2 = home.stages();
      r.r3 = home.ends();
    }
  }

  /** The stage ends while the method returns it. */
  @JCStressTest
  @Outcome(id = "7, 0, 1", expect = ACCEPTABLE, desc = "the task has the result of the stage")
  @Outcome(expect = FORBIDDEN, desc = "an end was lost")
  @State
  public static class DetachOrStageEnds {
    private final FakeHome home = new FakeHome(LIFE);
    private final CompletableFuture<Integer> stage = new CompletableFuture<>();
    private final PoolTask<Integer> task = ofStage(home, stage);

    @Actor
    public void worker() {
      task.run();
    }

    @Actor
    public void other() {
      boolean unused = stage.complete(7);
    }

    @Arbiter
    public void books(III_Result r) {
      r.r1 = task.getNow(-1);
      r.r2 = home.stages();
      r.r3 = home.ends();
    }
  }
}
