package dev.poolwright.internal.pool;

import dev.poolwright.internal.batch.ChunkTask;
import dev.poolwright.internal.crew.Crew;
import dev.poolwright.internal.life.Life;
import dev.poolwright.internal.life.Visit;
import dev.poolwright.internal.pool.Runner.Where;
import dev.poolwright.internal.task.PoolTask;
import java.util.List;

/**
 * Lets the tasks of one pool in, and brings each to where it runs: to a worker thread, to another
 * JVM, to whoever runs it by hand, or nowhere, since the thread that submits it runs it.
 *
 * <p><b>Threads:</b> thread-safe.
 */
final class Intake {

  private final Life life;
  private final Runner runner;
  private final Where where;
  private final Crew crew;
  private final Elsewhere elsewhere;

  /** What somebody is to run by hand, and has not begun. */
  private final Elsewhere handed = new Elsewhere();

  /**
   * Of a pool.
   *
   * @param life what it shares with other pools
   * @param runner runs its tasks
   * @param crew queues them
   * @param elsewhere those that no worker runs
   */
  Intake(Life life, Runner runner, Crew crew, Elsewhere elsewhere) {
    this.life = life;
    this.runner = runner;
    this.where = runner.where();
    this.crew = crew;
    this.elsewhere = elsewhere;
  }

  /** Queues a task, or runs it as the kind or the policy says; and tells who listens. */
  void submit(PoolTask<?> task) {
    task.watch();
    task.tellSubmitted();
    try {
      accept(task);
    } catch (RuntimeException e) {
      task.tellRejected(e);
      throw e;
    }
  }

  private void accept(PoolTask<?> task) {
    switch (where) {
      case CALLER -> submitHere(task);
      case BY_HAND -> submitStep(task);
      case WORKER_THREAD -> {
        if (!crew.accept(task)) {
          runHere(task);
        }
      }
      case OTHER_JVM -> submitPrepared(task);
    }
  }

  private void submitHere(PoolTask<?> task) {
    crew.acceptHere(task);
    Visit visit = Visit.begin(life);
    try {
      elsewhere.stopIfStopped(task);
      prepareHere(task);
      task.run();
    } finally {
      visit.end();
      crew.ranHere(task);
    }
  }

  private void submitStep(PoolTask<?> task) {
    crew.acceptStep(task);
    prepareHere(task);
    hand(task);
  }

  private void prepareHere(PoolTask<?> task) {
    if (task instanceof ChunkTask chunk) {
      runner.prepare(chunk);
    } else {
      runner.prepare(task);
    }
  }

  /** Gives a task that was let in to whoever runs it; the task may have ended meanwhile. */
  private void hand(PoolTask<?> task) {
    handed.add(task);
    if (task.isDone()) {
      left(task);
    } else {
      try {
        runner.hand(new HandedStep(this, task));
      } catch (Throwable e) {
        task.members().forEach(each -> each.completeExceptionally(e)); // Nobody will run it.
      }
    }
  }

  /** A task that was to be run by hand is begun, or needs no run any more. */
  private boolean left(PoolTask<?> task) {
    boolean isFirst = handed.remove(task);
    if (isFirst) {
      crew.callerRan();
    }
    return isFirst;
  }

  boolean isHanded(PoolTask<?> task) {
    return handed.contains(task);
  }

  /** Runs a task by hand, unless that is over. */
  void runHanded(PoolTask<?> task) {
    if (handed.remove(task)) {
      runHere(task);
    }
  }

  /**
   * Lets a task in, prepares it on the calling thread, and queues it. What the preparation throws
   * is thrown, and the place is free again.
   */
  private void submitPrepared(PoolTask<?> task) {
    runner.check();
    crew.reserve(task);
    boolean isPrepared = false;
    try {
      runner.prepare(task);
      isPrepared = true;
    } finally {
      if (!isPrepared) {
        crew.cancelReserved();
      }
    }
    crew.enqueueReserved(task);
    elsewhere.stopIfStopped(task);
  }

  private void runHere(PoolTask<?> task) {
    Visit visit = Visit.begin(life);
    elsewhere.add(task);
    try {
      task.run();
    } finally {
      if (!task.goesOn()) {
        elsewhere.remove(task);
      }
      visit.end();
      crew.callerRan();
    }
  }

  /** Queues a chunk of a batch, or runs it as the kind says. */
  void submitChunk(ChunkTask chunk, boolean isAdmitted) {
    if (life.listeners().isOn()) {
      chunk.members().forEach(PoolTask::tellSubmitted);
    }
    runner.check();
    if (where == Where.CALLER) {
      submitHere(chunk);
    } else if (where == Where.BY_HAND) {
      submitStep(chunk);
    } else {
      runner.prepare(chunk);
      crew.acceptChunk(chunk, isAdmitted);
    }
  }

  /** Takes a task out that was ended before it began. */
  void withdrawn(PoolTask<?> task) {
    if (where != Where.CALLER) { // There its thread takes it out.
      crew.remove(task);
      left(task);
    }
  }

  /** What is to be run by hand; each that comes from here on is stopped. */
  List<PoolTask<?>> stopHanded() {
    handed.stop();
    return handed.toList();
  }

  /** What is to be run by hand. */
  List<PoolTask<?>> handed() {
    return handed.toList();
  }
}
