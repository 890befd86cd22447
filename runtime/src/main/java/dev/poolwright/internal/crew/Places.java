package dev.poolwright.internal.crew;

import dev.poolwright.internal.task.PoolTask;
import dev.poolwright.internal.task.WorkQueue;
import java.util.List;

/**
 * The places of one crew, and who takes them: those of workers, of which waits lend some and stages
 * keep some, and those of the queue. Every method is called under the lock of the crew.
 */
final class Places {

  private final CrewLimits limits;
  private final WorkQueue queue;

  /** Tasks whose method returned a stage that goes on by itself: each keeps a worker's place. */
  private final WorkQueue detached = new WorkQueue();

  /** Tasks that a worker runs, their callbacks included. */
  private int running;

  /** Workers that wait for a task: each lends its place to another. */
  private int lent;

  /** Tasks that have a place in the queue, and are still prepared by the thread that submits. */
  private int reserved;

  /**
   * All free.
   *
   * @param limits how many there are
   * @param queue those that wait
   */
  Places(CrewLimits limits, WorkQueue queue) {
    this.limits = limits;
    this.queue = queue;
  }

  /** How many workers may be active, those that wait included. */
  int mostActive() {
    return limits.maxWorkers() + lent;
  }

  /** How many tasks workers may run now. */
  int limit() {
    return mostActive() - detached.size();
  }

  /** How many more tasks may run now; negative when more run than may. */
  int free() {
    return limit() - running;
  }

  /** How many places tasks take, those of stages included. */
  int taken() {
    return running + detached.size();
  }

  /** How many places of workers are not free. */
  int busy() {
    return limits.maxWorkers() - free();
  }

  /** Tasks that wait, those being prepared included. */
  int waiting() {
    return queue.size() + reserved;
  }

  /** Whether one more task may wait, counting a free worker as a place. */
  boolean hasRoom() {
    return waiting() < (long) limits.queueCapacity() + Math.max(0, free());
  }

  /** Whether any task waits or runs, callbacks included. */
  boolean isAnyTaken() {
    return running + waiting() > 0;
  }

  void reserve() {
    reserved++;
  }

  void giveUpReserved() {
    reserved--;
  }

  /** A worker takes a task. */
  void take() {
    running++;
  }

  /** A worker gives its task back. */
  void leave() {
    running--;
  }

  int lent() {
    return lent;
  }

  void lend() {
    lent++;
  }

  void giveBack() {
    lent--;
  }

  /** A stage keeps the place of the worker. */
  void keep(PoolTask<?> task) {
    detached.add(task);
  }

  /** A stage keeps it no more; false when it kept none. */
  boolean giveUp(PoolTask<?> task) {
    return detached.remove(task);
  }

  /** The tasks whose stages keep places. */
  List<PoolTask<?>> detached() {
    return detached.toList();
  }
}
