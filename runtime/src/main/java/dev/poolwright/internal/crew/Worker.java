package dev.poolwright.internal.crew;

import dev.poolwright.internal.life.Guard;
import dev.poolwright.internal.life.Lender;
import dev.poolwright.internal.life.Life;
import dev.poolwright.internal.life.VirtualThreads;
import dev.poolwright.internal.life.Visit;
import dev.poolwright.internal.life.WaitGraph;
import dev.poolwright.internal.task.PoolTask;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What takes tasks of one pool, one at a time: a platform thread that goes on with the next, or a
 * virtual thread that ends with its first. Its number is free for another one when it has left.
 *
 * <p>As a {@code BooleanSupplier} it is the step that its thread repeats, made before there is any
 * need for room.
 */
public final class Worker implements BooleanSupplier, Runnable, Lender {

  private final Crew crew;
  private final int number;
  private final Thread thread;

  // Guarded by the lock of the crew: its place on the stack of idle workers.
  boolean isIdle;
  @Nullable Worker above;
  @Nullable Worker below;

  // Guarded by the lock of the crew: whether it is about to look for a task; of virtual threads,
  // whether it has given its task back.
  boolean isComing;
  boolean isSpent;

  // Written by its thread, under the lock of the crew: the task that it has taken.
  @Nullable PoolTask<?> current;

  // The same: how many it ever took.
  long taken;

  /** When it started; 0 where nobody listened. */
  final long startedNanos;

  // Confined to its thread: whether it has run that task, and what the run threw, if anything.
  boolean hasRun;
  @Nullable Throwable failure;

  // Written by its thread.
  private volatile boolean isDriving;

  Worker(Crew crew, int number) {
    this.crew = crew;
    this.number = number;
    Life life = life();
    this.startedNanos = life.listeners().isOn() ? life.listeners().now() : 0;
    String name = crew.owner().name() + "-" + number;
    this.thread =
        crew.isVirtual()
            ? VirtualThreads.unstarted(life().loader(), name, this)
            : new WorkerThread(life(), name, this);
  }

  private Life life() {
    return crew.life();
  }

  /** The calling thread, if it is a worker of any pool of a life. */
  public static @Nullable Worker current(Life life) {
    Lender own = life.ownThread();
    return own instanceof WorkerThread thread
        ? thread.worker()
        : own instanceof Worker worker ? worker : null;
  }

  public Crew crew() {
    return crew;
  }

  int number() {
    return number;
  }

  public Thread thread() {
    return thread;
  }

  /** Its whole life, on its thread. */
  @Override
  public void run() {
    tellStart();
    Guard.repeat("a worker failed, and goes on", this);
    tellEnd();
    try {
      crew.owner().workerEnds();
    } catch (Throwable e) {
      Guard.failed("the end of a worker", e);
    }
  }

  private void tellStart() {
    try {
      if (!crew.isVirtual()) {
        crew.owner().workerStarts(this);
      }
    } catch (Throwable e) {
      Guard.failed("the start of a worker", e);
    }
  }

  private void tellEnd() {
    try {
      if (!crew.isVirtual()) {
        crew.owner().workerEnded(this);
      }
    } catch (Throwable e) {
      Guard.failed("the end of a worker", e);
    }
  }

  /**
   * Runs one task; false when its thread is to end. Called again when it throws, it first ends what
   * was begun, so that every accepted task ends once.
   */
  @Override
  public boolean getAsBoolean() {
    if (crew.isVirtual()) {
      Visit.stay(life(), this);
    }
    endFailed();
    if (current == null || hasRun) {
      boolean unused = Thread.interrupted();
      if (!crew.next(this)) {
        return false;
      }
    }
    runTaken();
    return true;
  }

  // The task is a local variable of no method that waits: an interpreted frame would keep it
  // reachable while the worker is idle, and its failure would not be reported.
  private void endFailed() {
    PoolTask<?> task = current;
    if (failure != null && task != null) {
      task.ensureEnded(failure);
      failure = null;
    }
  }

  private void runTaken() {
    PoolTask<?> task = Objects.requireNonNull(current);
    hasRun = true;
    try {
      crew.owner().runTask(task, this);
    } catch (Throwable e) {
      failure = e;
    }
  }

  /** For a task of its own pool always; of another one where pools wait for each other. */
  @Override
  public @Nullable Runnable lendPlace(WaitGraph.Place awaited) {
    if (awaited == crew) {
      crew.lend();
      return crew::giveBack;
    }
    return life().waits().begin(crew, awaited);
  }

  /**
   * Whether it waits for a process, which will answer or end: not a stall, however long it takes.
   */
  boolean isDriving() {
    return isDriving;
  }

  /** Says whether it waits for a process from here on. By its thread. */
  public void driving(boolean isWaiting) {
    isDriving = isWaiting;
  }
}
