package dev.poolwright;

import dev.poolwright.annotation.PoolKind;
import org.jspecify.annotations.Nullable;

/**
 * What a pool does now and has done. The figures of queue and workers are of one moment; outcomes
 * are read right after it. In a pool in which nothing ends meanwhile, {@code submitted} is {@code
 * queued + running + succeeded + failed + cancelled}, less those running unseen after their task
 * ended.
 *
 * <p>Made by Poolwright alone; later versions add figures.
 *
 * <p><b>Shape:</b> immutable.
 */
public interface PoolStats {

  /**
   * The pool's name.
   *
   * @return as declared
   */
  String name();

  /**
   * What its workers are.
   *
   * @return the kind
   */
  PoolKind kind();

  /**
   * The maximum number of concurrently running tasks.
   *
   * @return 1 or more
   */
  int maxWorkers();

  /**
   * The workers there are.
   *
   * @return temporary ones included
   */
  int workers();

  /**
   * The tasks on a worker now.
   *
   * @return also those that have ended already while their run goes on
   */
  int running();

  /**
   * The tasks that wait for a worker.
   *
   * @return 0 or more
   */
  int queued();

  /**
   * The tasks that workers and callbacks queued beyond the capacity.
   *
   * @return since the pool was made
   */
  long overCapacity();

  /**
   * The workers that wait now for a task of their own pool.
   *
   * @return 0 to 256; of a pool of virtual threads, to {@link #maxWorkers} where that is more
   */
  int lent();

  /**
   * The tasks that were accepted.
   *
   * @return since the pool was made
   */
  long submitted();

  /**
   * The tasks that ended with a result.
   *
   * @return since the pool was made
   */
  long succeeded();

  /**
   * The tasks that ended with an exception.
   *
   * @return since the pool was made
   */
  long failed();

  /**
   * The tasks that were cancelled.
   *
   * @return since the pool was made
   */
  long cancelled();

  /**
   * The submits that were refused.
   *
   * @return since the pool was made
   */
  long rejected();

  /**
   * The threads or worker JVMs that were ever started, or the worker nodes that ever came.
   *
   * @return since the pool was made
   */
  long workersStarted();

  /**
   * The worker JVMs that ended by themselves, or the worker nodes that were lost.
   *
   * @return since the pool was made
   */
  long workersCrashed();

  /**
   * How many tasks may wait for a worker.
   *
   * @return as configured
   */
  int queueCapacity();

  /**
   * Whether every worker is busy and the queue is full.
   *
   * @return whether the next submit would meet the saturation policy
   */
  default boolean isSaturated() {
    return running() >= maxWorkers() && queued() >= queueCapacity();
  }

  /**
   * Why the pool takes no tasks at the moment, because its worker JVMs cannot be kept running.
   *
   * @return the message of the {@link BrokenPoolException} that a submit would throw; null when it
   *     would throw none
   */
  @Nullable String broken();
}
