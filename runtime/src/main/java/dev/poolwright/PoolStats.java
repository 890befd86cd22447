package dev.poolwright;

import dev.poolwright.annotation.PoolKind;

/**
 * What a pool does now and has done. One consistent snapshot: {@code submitted} is {@code queued +
 * running + succeeded + failed + cancelled}, less those running unseen after their task ended.
 *
 * @param name the pool's name
 * @param kind what its workers are
 * @param maxWorkers most tasks that run at once
 * @param workers workers there are, temporary ones included
 * @param running tasks on a worker now, also those whose task has ended already
 * @param queued tasks that wait for a worker
 * @param overCapacity how many tasks were queued beyond the capacity, by workers and callbacks
 * @param lent workers that wait now for a task of their own pool
 * @param submitted tasks that were accepted
 * @param succeeded tasks that ended with a result
 * @param failed tasks that ended with an exception
 * @param cancelled tasks that were cancelled
 * @param rejected submits that were refused
 * @param workersStarted worker threads or worker JVMs that were ever started
 * @param workersCrashed worker JVMs that ended by themselves
 */
public record PoolStats(
    String name,
    PoolKind kind,
    int maxWorkers,
    int workers,
    int running,
    int queued,
    long overCapacity,
    int lent,
    long submitted,
    long succeeded,
    long failed,
    long cancelled,
    long rejected,
    long workersStarted,
    long workersCrashed) {}
