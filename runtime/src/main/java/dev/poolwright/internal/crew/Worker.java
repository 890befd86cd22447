package dev.poolwright.internal.crew;

import dev.poolwright.internal.life.Lender;
import dev.poolwright.internal.life.Life;
import dev.poolwright.internal.life.VirtualThreads;
import dev.poolwright.internal.life.Visit;
import dev.poolwright.internal.life.WaitGraph;
import dev.poolwright.internal.task.PoolTask;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What takes tasks of one pool, one at a time: a platform thread that goes on with the next, or a
 * virtual thread that ends with its first. Its number is free for another one when it has left.
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
            ? VirtualThreads.unstarted(life(), name, this)
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
    crew.work(this);
  }

  /** Runs one task; false when its thread is to end. Made before there is any need for room. */
  @Override
  public boolean getAsBoolean() {
    if (crew.isVirtual()) {
      Visit.stay(life(), this);
    }
    return crew.step(this);
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
