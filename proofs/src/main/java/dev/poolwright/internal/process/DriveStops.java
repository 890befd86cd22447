package dev.poolwright.internal.process;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.internal.FakeHome;
import dev.poolwright.internal.life.ExitPlan;
import dev.poolwright.internal.life.Life;
import dev.poolwright.internal.pool.PoolSettings;
import dev.poolwright.internal.process.jvm.OutputDrain;
import dev.poolwright.internal.process.jvm.ProcessEnd;
import dev.poolwright.internal.process.jvm.WorkerFiles;
import dev.poolwright.internal.process.jvm.WorkerJvm;
import dev.poolwright.internal.task.PoolTask;
import dev.poolwright.internal.wire.FrameChannel;
import dev.poolwright.internal.wire.ProcessMark;
import dev.poolwright.internal.wire.RunWord;
import dev.poolwright.internal.wire.RunWordMoves;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/**
 * What stops a run, beside its driver, who publishes it as a {@link Drive}, ends that and goes on
 * with the next call. The worker JVM is an object; all between a cancel and it is the real code.
 */
public final class DriveStops {

  private static final Life LIFE =
      new Life(failure -> {}, ExitPlan.DEFAULT, ClassLoader.getSystemClassLoader());
  private static final ProcessRunner KILLS = runner(Duration.ZERO);
  private static final ProcessRunner INTERRUPTS = runner(Duration.ofHours(1));

  private static final int FIRST = 1;
  private static final int SECOND = 2;

  private DriveStops() {}

  private static ProcessRunner runner(Duration grace) {
    ProcessPoolConfig config = ProcessPoolConfig.named("cpu").maxWorkers(1).cancelGrace(grace);
    return new ProcessRunner(LIFE, PoolSettings.of(config));
  }

  /** Is told of kills and interrupts; what it runs is written to its word. */
  private static final class FakeWorker extends Process {
    private static final ProcessEnd ENDS = new ProcessEnd(LIFE);
    private static final ProcessMark NO_MARK = new ProcessMark("");
    private static final WorkerFiles NO_FILES = new WorkerFiles(Path.of(""), Path.of(""), "");
    private static final FrameChannel NO_CHANNEL = new FrameChannel(null, 0);
    private static final OutputDrain NO_OUTPUT =
        new OutputDrain("none", InputStream.nullInputStream(), line -> {});

    final RunWord word = RunWordMoves.word();
    final AtomicInteger kills = new AtomicInteger();

    /** Of the first element of the first call. */
    final AtomicInteger interrupts = new AtomicInteger();

    /** Interrupts of anything else. */
    final AtomicInteger strays = new AtomicInteger();

    private volatile boolean isDead;

    final WorkerJvm jvm =
        new WorkerJvm(
            "cpu",
            "cpu-1",
            this,
            NO_MARK,
            getOutputStream(),
            NO_CHANNEL,
            word,
            NO_OUTPUT,
            NO_OUTPUT,
            Instant.EPOCH,
            0,
            ENDS,
            NO_FILES);

    boolean isReached() {
      return kills.get() + interrupts.get() > 0;
    }

    /** Interrupts in the tens, kills in the ones. */
    int reached() {
      return 10 * interrupts.get() + kills.get();
    }

    @Override
    public OutputStream getOutputStream() {
      return new OutputStream() {
        @Override
        public void write(int one) {}

        @Override
        public void write(byte[] order) {
          ByteBuffer bytes = ByteBuffer.wrap(order);
          boolean isMeant = bytes.getLong(5) == FIRST && bytes.getInt(13) == 0;
          (isMeant ? interrupts : strays).incrementAndGet();
        }
      };
    }

    /** Asked for once by each kill, unless it is dead. */
    @Override
    public Stream<ProcessHandle> descendants() {
      kills.incrementAndGet();
      return Stream.empty();
    }

    @Override
    public boolean isAlive() {
      pause();
      return !isDead;
    }

    @Override
    public Process destroyForcibly() {
      isDead = true;
      return this;
    }

    @Override
    public void destroy() {
      isDead = true;
    }

    @Override
    public long pid() {
      return Integer.MAX_VALUE;
    }

    @Override
    public InputStream getInputStream() {
      return InputStream.nullInputStream();
    }

    @Override
    public InputStream getErrorStream() {
      return InputStream.nullInputStream();
    }

    @Override
    public int waitFor() {
      return 0;
    }

    @Override
    public int exitValue() {
      return 0;
    }
  }

  /** Now and then lets others overtake: where all CPUs are busy, threads would seldom meet. */
  private static void pause() {
    if (ThreadLocalRandom.current().nextInt(32) == 0) {
      LockSupport.parkNanos(1);
    }
  }

  /** Waits for a driver to begin, who has more to do than who stops him, but not for long. */
  private static void follow(BooleanSupplier isBegun) {
    for (int looks = 0; looks < 2 && !isBegun.getAsBoolean(); looks++) {
      LockSupport.parkNanos(1);
    }
    pause();
  }

  // ---- single calls

  private static final int WITHDRAWN = 0;
  private static final int NOT_SENT = 1;
  private static final int ANSWERED = 2;
  private static final int KILLED = 3;

  /** Two calls for one worker, of which the first is cancelled. */
  private abstract static class Calls {
    private final ProcessRunner runner;
    private final FakeWorker worker = new FakeWorker();
    private final PoolTask<Integer> first;
    private final PoolTask<Integer> second;
    private volatile boolean isBegun;
    private volatile @Nullable Drive published; // Of the first.
    private volatile boolean isOver; // The first.

    /** Whether a stop came before the first was over, and reached nobody. */
    private volatile boolean isLost;

    Calls(ProcessRunner runner) {
      FakeHome home = new FakeHome(LIFE);
      this.runner = runner;
      this.first = home.task(() -> 1);
      this.second = home.task(() -> 2);
      home.onStop(this::stop);
    }

    private void stop(PoolTask<?> task, Thread driver) {
      runner.stop(task, driver);
      isLost = !worker.isReached() && !isOver;
    }

    final void cancel() {
      follow(() -> isBegun);
      boolean unused = first.cancel(true);
    }

    /**
     * What the driver of the first one does. Others may have its worker as soon as that has been
     * given back, before the task is told of its end.
     */
    final void drive(IIII_Result r) {
      isBegun = true;
      if (first.begin()) {
        r.r1 = drive(first, FIRST);
      }
      if (r.r1 != KILLED) {
        boolean unused = second.begin();
        r.r4 = drive(second, SECOND);
      }
      if (r.r1 != WITHDRAWN) {
        boolean unused = first.succeed(1);
        first.runEnded();
      }
    }

    /** The steps of {@link CallRun}, in its order. */
    private int drive(PoolTask<?> task, long call) {
      Drive drive = new Drive(worker.jvm, call, other -> placeOf(task, other), true);
      pause();
      runner.drives().put(Thread.currentThread(), drive);
      if (call == FIRST) {
        published = drive;
      }
      pause();
      boolean isSent = task.isWanted();
      pause();
      if (isSent) {
        boolean unused = worker.word.started(call, 0) && worker.word.ended();
      }
      isOver = true;
      pause();
      drive.end();
      runner.drives().remove(Thread.currentThread());
      return worker.jvm.isKilled() ? KILLED : isSent ? ANSWERED : NOT_SENT;
    }

    /** Asked between the look for a drive and its stop. */
    private static int placeOf(PoolTask<?> task, PoolTask<?> other) {
      pause();
      return other == task ? 0 : -1;
    }

    /** As a grace that was over before the run was. */
    final void killLate() {
      follow(() -> isBegun);
      Drive drive = published;
      if (drive != null) {
        drive.kill(0);
      }
    }

    final void stopPool() {
      follow(() -> isBegun);
      Drive drive = published;
      if (drive != null) {
        drive.stop();
      }
    }

    final void books(IIII_Result r) {
      r.r2 = isLost ? 1 : 0;
      r.r3 = worker.reached();
      r.r4 += 10 * worker.strays.get();
    }
  }

  /** A cancel that kills, beside the whole call. */
  @JCStressTest
  @Outcome(id = "0, 0, 0, 2", expect = ACCEPTABLE, desc = "withdrawn; the next one runs")
  @Outcome(id = "1, [01], 0, 2", expect = ACCEPTABLE, desc = "not sent; the next one runs")
  @Outcome(id = "2, 0, 0, 2", expect = ACCEPTABLE, desc = "answered; the next one runs")
  @Outcome(id = "3, 0, 1, 0", expect = ACCEPTABLE, desc = "killed once, before it was over")
  @Outcome(expect = FORBIDDEN, desc = "a kill was lost, came twice, or hit the next call")
  @State
  public static class CancelKillsTheCallOrNothing extends Calls {
    public CancelKillsTheCallOrNothing() {
      super(KILLS);
    }

    @Actor
    public void driver(IIII_Result r) {
      drive(r);
    }

    @Actor
    public void outsider() {
      cancel();
    }

    @Arbiter
    public void arbiter(IIII_Result r) {
      books(r);
    }
  }

  /** A cancel that kills beside the stop of the pool and the whole call. */
  @JCStressTest
  @Outcome(id = "0, 0, 0, 2", expect = ACCEPTABLE, desc = "withdrawn; the next one runs")
  @Outcome(id = "1, [01], 0, 2", expect = ACCEPTABLE, desc = "not sent; the next one runs")
  @Outcome(id = "2, 0, 0, 2", expect = ACCEPTABLE, desc = "answered; the next one runs")
  @Outcome(id = "3, [01], 1, 0", expect = ACCEPTABLE, desc = "killed once, before it was over")
  @Outcome(expect = FORBIDDEN, desc = "a kill was lost, came twice, or hit the next call")
  @State
  public static class TwoKillsAreOne extends Calls {
    public TwoKillsAreOne() {
      super(KILLS);
    }

    @Actor
    public void driver(IIII_Result r) {
      drive(r);
    }

    @Actor
    public void outsider() {
      cancel();
    }

    @Actor
    public void pool() {
      stopPool();
    }

    @Arbiter
    public void arbiter(IIII_Result r) {
      books(r);
    }
  }

  /** A cancel that interrupts, and the kill after its grace, beside the whole call. */
  @JCStressTest
  @Outcome(id = "0, 0, 0, 2", expect = ACCEPTABLE, desc = "withdrawn; the next one runs")
  @Outcome(id = "1, [01], 0, 2", expect = ACCEPTABLE, desc = "not sent; the next one runs")
  @Outcome(id = "1, 0, 10, 2", expect = ACCEPTABLE, desc = "the same; nobody minds the interrupt")
  @Outcome(id = "2, 0, (0|10), 2", expect = ACCEPTABLE, desc = "answered; the next one runs")
  @Outcome(id = "3, [01], (1|11), 0", expect = ACCEPTABLE, desc = "killed before it was over")
  @Outcome(expect = FORBIDDEN, desc = "an interrupt was lost, or a stop hit the next call")
  @State
  public static class CancelInterruptsTheCallOrNothing extends Calls {
    public CancelInterruptsTheCallOrNothing() {
      super(INTERRUPTS);
    }

    @Actor
    public void driver(IIII_Result r) {
      drive(r);
    }

    @Actor
    public void outsider() {
      cancel();
    }

    @Actor
    public void grace() {
      killLate();
    }

    @Arbiter
    public void arbiter(IIII_Result r) {
      books(r);
    }
  }

  // ---- elements of a chunk

  /** Two frames of two elements for one worker; one of the first is stopped. */
  private abstract static class Frames {
    private final FakeWorker worker = new FakeWorker();
    private final Drive drive = new Drive(worker.jvm, FIRST, task -> -1, false);
    private final int stopped;
    private volatile boolean isBegun;
    private volatile boolean isOver; // That element.

    /** Whether the stop came before the element was over, and reached nobody. */
    private volatile boolean isLost;

    Frames(int stopped) {
      this.stopped = stopped;
    }

    final void stop(ProcessRunner runner) {
      follow(() -> isBegun);
      runner.stop(drive, stopped);
      isLost = !worker.isReached() && !isOver;
    }

    final void killLate() {
      follow(() -> isBegun);
      drive.kill(stopped);
    }

    /** What the worker JVM does, and its driver, of whom it waits for nothing before the end. */
    final void drive(IIII_Result r) {
      isBegun = true;
      r.r1 = runs(FIRST, 0);
      r.r2 = runs(FIRST, 1);
      drive.end();
      if (!worker.jvm.isKilled()) {
        Drive next = new Drive(worker.jvm, SECOND, task -> -1, false);
        r.r4 = runs(SECOND, 0) + runs(SECOND, 1);
        next.end();
      }
    }

    /** 1 when an element began and was not skipped; a frozen word lets none begin. */
    private int runs(long call, int element) {
      pause();
      boolean isFree = worker.word.started(call, element);
      pause();
      boolean isRun = isFree && !worker.word.isSkipped(element);
      isOver |= call == FIRST && element == stopped;
      boolean unused = worker.word.ended();
      pause();
      return isRun ? 1 : 0;
    }

    final void books(IIII_Result r) {
      r.r3 = worker.reached() + 100 * worker.strays.get();
      if (isLost && (stopped == 0 ? r.r1 : r.r2) == 1) {
        r.r4 = -1;
      }
    }
  }

  /** A kill of the first element while the worker goes on to the last. */
  @JCStressTest
  @Outcome(id = "0, 1, 0, 2", expect = ACCEPTABLE, desc = "skipped")
  @Outcome(id = "1, 1, 0, 2", expect = ACCEPTABLE, desc = "it was over: nobody is killed")
  @Outcome(id = "1, 0, 1, 0", expect = ACCEPTABLE, desc = "killed")
  @Outcome(id = "0, 0, 1, 0", expect = ACCEPTABLE, desc = "skipped, and killed with that")
  @Outcome(expect = FORBIDDEN, desc = "a kill was lost, or hit another element or frame")
  @State
  public static class KillHitsTheFirstElementOrNone extends Frames {
    public KillHitsTheFirstElementOrNone() {
      super(0);
    }

    @Actor
    public void driver(IIII_Result r) {
      drive(r);
    }

    @Actor
    public void outsider() {
      stop(KILLS);
    }

    @Arbiter
    public void arbiter(IIII_Result r) {
      books(r);
    }
  }

  /** A kill of the last element, while the frame begins, ends, and is followed by another. */
  @JCStressTest
  @Outcome(id = "1, 0, 0, 2", expect = ACCEPTABLE, desc = "skipped")
  @Outcome(id = "1, 1, 0, 2", expect = ACCEPTABLE, desc = "it was over: nobody is killed")
  @Outcome(id = "1, 1, 1, 0", expect = ACCEPTABLE, desc = "killed")
  @Outcome(id = "1, 0, 1, 0", expect = ACCEPTABLE, desc = "skipped, and killed with that")
  @Outcome(expect = FORBIDDEN, desc = "a kill was lost, or hit another element or frame")
  @State
  public static class KillHitsTheLastElementOrNone extends Frames {
    public KillHitsTheLastElementOrNone() {
      super(1);
    }

    @Actor
    public void driver(IIII_Result r) {
      drive(r);
    }

    @Actor
    public void outsider() {
      stop(KILLS);
    }

    @Arbiter
    public void arbiter(IIII_Result r) {
      books(r);
    }
  }

  /** An interrupt of the first element, and the kill after its grace. */
  @JCStressTest
  @Outcome(id = "0, 1, (0|10), 2", expect = ACCEPTABLE, desc = "skipped")
  @Outcome(id = "1, 1, (0|10), 2", expect = ACCEPTABLE, desc = "it was over before a kill")
  @Outcome(id = "[01], 0, (1|11), 0", expect = ACCEPTABLE, desc = "killed")
  @Outcome(expect = FORBIDDEN, desc = "an interrupt was lost, or a kill hit another element")
  @State
  public static class InterruptHitsTheFirstElementOrNone extends Frames {
    public InterruptHitsTheFirstElementOrNone() {
      super(0);
    }

    @Actor
    public void driver(IIII_Result r) {
      drive(r);
    }

    @Actor
    public void outsider() {
      stop(INTERRUPTS);
    }

    @Actor
    public void grace() {
      killLate();
    }

    @Arbiter
    public void arbiter(IIII_Result r) {
      books(r);
    }
  }
}
