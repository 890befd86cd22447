package dev.poolwright.internal.crew;

/**
 * What a crew has, and what has happened to it.
 *
 * @param workers threads, idle ones included
 * @param running places that tasks take, those of stages included
 * @param queued tasks that wait, those being prepared included
 * @param overCapacity tasks that were ever queued beyond the capacity
 * @param lent workers that wait for tasks, in whose place others may run
 * @param submitted tasks that were ever let in
 * @param rejected tasks that never were
 * @param started workers that ever were
 */
public record CrewFigures(
    int workers,
    int running,
    int queued,
    long overCapacity,
    int lent,
    long submitted,
    long rejected,
    long started) {}
