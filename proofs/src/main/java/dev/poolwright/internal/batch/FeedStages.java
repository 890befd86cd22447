package dev.poolwright.internal.batch;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.poolwright.internal.FakeHome;
import dev.poolwright.internal.life.ExitPlan;
import dev.poolwright.internal.life.Life;
import dev.poolwright.internal.task.HandWork;
import dev.poolwright.spi.Rows;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** The table at the field {@code stage} of {@link Feed}, and what is handed out meanwhile. */
public final class FeedStages {

  private static final Life LIFE =
      new Life(failure -> {}, ExitPlan.DEFAULT, ClassLoader.getSystemClassLoader());

  private FeedStages() {}

  /** A batch of four, of which two are fed at a time; the actors run them. */
  static class Batch implements Feed.Listener {
    final FakeHome home = new FakeHome(LIFE);
    final AtomicInteger ends = new AtomicInteger();
    final Feed<Integer> feed;
    final HandOut<Integer> hands;
    private final boolean failsFast;

    Batch(boolean failsFast) {
      this.failsFast = failsFast;
      BatchInputs<Integer> inputs =
          new BatchInputs<>(
              home,
              home.site(),
              null,
              Rows.of(List.of(1, 2, 3, 4)),
              row -> new HandWork.OfFunction<Integer, Integer>(Batch::tenfold, row.next()));
      feed = new Feed<>(inputs, OptionalInt.of(1), OptionalInt.of(2), this);
      hands = new HandOut<>(feed);
      feed.start();
    }

    private static Integer tenfold(Integer number) {
      if (number < 0) {
        throw new IllegalStateException();
      }
      return 10 * number;
    }

    @Override
    public void elementEnded(ElementTask<?> element, dev.poolwright.internal.task.Outcome outcome) {
      hands.ended(element);
      if (failsFast && outcome == dev.poolwright.internal.task.Outcome.FAILED) {
        boolean unused = feed.stop(new CancellationException());
      }
    }

    @Override
    public void allEnded() {
      ends.incrementAndGet();
    }

    void run(int chunk) {
      home.chunks.get(chunk).run();
    }

    void runAll() {
      for (int i = 0; i < home.chunks.size(); i++) {
        run(i);
      }
    }

    void books(III_Result r) {
      r.r1 = ends.get();
      r.r2 = (int) feed.counts().done();
      r.r3 = home.chunks.size();
    }
  }

  /** The last two chunks in flight end at once. */
  @JCStressTest
  @Outcome(id = "1, 4, 4", expect = ACCEPTABLE, desc = "everything is fed, and the end told once")
  @Outcome(expect = FORBIDDEN, desc = "an input or the end was lost, or the end told twice")
  @State
  public static class EndsFeedTheNext {
    private final Batch batch = new Batch(false);

    @Actor
    public void one() {
      batch.run(0);
    }

    @Actor
    public void two() {
      batch.run(1);
    }

    @Arbiter
    public void rest(III_Result r) {
      batch.runAll();
      batch.books(r);
    }
  }

  /** The batch is closed while a chunk ends and feeds the next. */
  @JCStressTest
  @Outcome(id = "1, 4, 2", expect = ACCEPTABLE, desc = "closed before the next was fed")
  @Outcome(id = "1, 4, 3", expect = ACCEPTABLE, desc = "closed after it")
  @Outcome(expect = FORBIDDEN, desc = "an element is open, or the end was told twice")
  @State
  public static class CloseOrFeed {
    private final Batch batch = new Batch(false);

    @Actor
    public void worker() {
      batch.run(0);
    }

    @Actor
    public void closer() {
      boolean unused = batch.feed.stop(new CancellationException());
    }

    @Arbiter
    public void books(III_Result r) {
      batch.runAll(); // The worker goes on to what was queued, and finds it cancelled.
      batch.books(r);
    }
  }

  /** One element fails, which cancels the rest, while another ends. */
  @JCStressTest
  @Outcome(id = "1, 4, [23]", expect = ACCEPTABLE, desc = "everything has ended, once")
  @Outcome(expect = FORBIDDEN, desc = "an element is open, or the end was told twice")
  @State
  public static class FailFastOrEnd {
    private final Batch batch = new Batch(true);

    @Actor
    public void failing() {
      ElementTask<?> first = (ElementTask<?>) batch.home.chunks.get(0).element(0);
      if (first != null) {
        boolean unused = first.completeExceptionally(new IllegalStateException());
      }
      batch.run(0);
    }

    @Actor
    public void worker() {
      batch.run(1);
    }

    @Arbiter
    public void books(III_Result r) {
      batch.runAll();
      batch.books(r);
      ElementTask<?> first = batch.hands.takeFirst();
      if (first != null) {
        Throwable unused = first.failure();
      }
    }
  }

  /** The thread that iterates waits for an end, and for the next. */
  @JCStressTest
  @Outcome(id = "10, 20", expect = ACCEPTABLE, desc = "in the order of their ends")
  @Outcome(id = "20, 10", expect = ACCEPTABLE, desc = "the same")
  @Outcome(expect = FORBIDDEN, desc = "an end was lost, or handed out twice")
  @State
  public static class EndsAreHandedOut {
    private final Batch batch = new Batch(false);

    @Actor
    public void one() {
      batch.run(0);
    }

    @Actor
    public void two() {
      batch.run(1);
    }

    @Actor
    public void iterates(II_Result r) {
      r.r1 = next();
      r.r2 = next();
    }

    private int next() {
      long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      ElementTask<Integer> ended = batch.hands.takeEnded(patience);
      return ended == null ? -1 : ended.join();
    }
  }
}
