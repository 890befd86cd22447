package dev.poolwright.internal.crew;

import dev.poolwright.internal.life.WaitGraph;
import dev.poolwright.internal.task.PoolTask;
import dev.poolwright.internal.task.TaskThread;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A thread that takes tasks of one pool, one at a time. */
public final class WorkerThread extends TaskThread implements BooleanSupplier {

  private final Crew crew;
  private final int number;

  // Guarded by the lock of the crew: its place on the stack of idle workers.
  boolean isIdle;
  @Nullable WorkerThread above;
  @Nullable WorkerThread below;

  // Written by this thread, under the lock of the crew: the task that it has taken.
  @Nullable PoolTask<?> current;

  // Confined to this thread: whether it has run that task, and what the run threw, if anything.
  boolean hasRun;
  @Nullable Throwable failure;

  // Written by this thread.
  private volatile boolean isDriving;

  WorkerThread(Crew crew, int number) {
    super(crew.life(), crew.owner().name() + "-" + number);
    this.crew = crew;
    this.number = number;
  }

  public Crew crew() {
    return crew;
  }

  int number() {
    return number;
  }

  @Override
  public void run() {
    crew.work(this);
  }

  /** Runs one task; false when this thread is to end. Made before there is any need for room. */
  @Override
  public boolean getAsBoolean() {
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

  /** Says whether it waits for a process from here on. By this thread. */
  public void driving(boolean isWaiting) {
    isDriving = isWaiting;
  }
}
