package dev.poolwright;

import dev.poolwright.annotation.PoolKind;
import org.jspecify.annotations.Nullable;

/**
 * Figures of what a pool is doing and has done. The figures of queue and workers are taken at one
 * moment, those of outcomes right after it. If no task ends in between, {@code submitted} equals
 * {@code queued + running + succeeded + failed + cancelled}, minus the runs that go on after their
 * task ended.
 *
 * <p>Implemented by Poolwright only; later versions may add figures.
 *
 * <p><b>Shape:</b> immutable.
 */
public interface PoolStats {

  /**
   * The name of the pool.
   *
   * @return the name as declared
   */
  String name();

  /**
   * The kind of the pool's workers.
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
   * The number of current workers.
   *
   * @return 0 or more, including temporary workers
   */
  int workers();

  /**
   * The number of tasks that occupy a worker.
   *
   * @return 0 or more, including tasks that have ended while their run goes on
   */
  int running();

  /**
   * The number of tasks that wait for a worker.
   *
   * @return 0 or more
   */
  int queued();

  /**
   * The number of tasks that workers and callbacks queued beyond the capacity.
   *
   * @return the number since the pool was created
   */
  long overCapacity();

  /**
   * The number of workers that are waiting for a task of their own pool.
   *
   * @return 0 to 256; for a pool of virtual threads, up to {@link #maxWorkers} if that is more
   */
  int lent();

  /**
   * The number of accepted tasks.
   *
   * @return the number since the pool was created
   */
  long submitted();

  /**
   * The number of tasks that ended with a result.
   *
   * @return the number since the pool was created
   */
  long succeeded();

  /**
   * The number of tasks that ended with an exception.
   *
   * @return the number since the pool was created
   */
  long failed();

  /**
   * The number of cancelled tasks.
   *
   * @return the number since the pool was created
   */
  long cancelled();

  /**
   * The number of refused submits.
   *
   * @return the number since the pool was created
   */
  long rejected();

  /**
   * The number of threads or worker JVMs started, or of worker nodes that joined.
   *
   * @return the number since the pool was created
   */
  long workersStarted();

  /**
   * The number of worker JVMs that ended by themselves, or of worker nodes that were lost.
   *
   * @return the number since the pool was created
   */
  long workersCrashed();

  /**
   * The maximum number of tasks that wait for a worker.
   *
   * @return 0 or more, as configured
   */
  int queueCapacity();

  /**
   * Whether every worker is busy and the queue is full.
   *
   * @return true if the saturation policy would apply to the next submit
   */
  default boolean isSaturated() {
    return running() >= maxWorkers() && queued() >= queueCapacity();
  }

  /**
   * The reason why the pool is broken: its worker JVMs cannot be kept running, and it takes no
   * tasks at present.
   *
   * @return the message of the {@link BrokenPoolException} that a submit would throw; null if it
   *     would throw none
   */
  @Nullable String broken();
}
