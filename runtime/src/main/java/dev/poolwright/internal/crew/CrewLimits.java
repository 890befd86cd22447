package dev.poolwright.internal.crew;

import dev.poolwright.annotation.SaturationPolicy;

/**
 * How many workers a crew may have, and how many tasks may wait for them.
 *
 * @param maxWorkers most tasks that run at once
 * @param queueCapacity most tasks that wait
 * @param whenSaturated what submit does beyond both
 * @param keepAliveNanos how long an idle worker is kept
 * @param isVirtual whether each task has a fresh virtual thread, so that no worker is ever idle
 * @param mostLent most workers that wait for tasks at once, and so have others run in their place
 */
public record CrewLimits(
    int maxWorkers,
    int queueCapacity,
    SaturationPolicy whenSaturated,
    long keepAliveNanos,
    boolean isVirtual,
    int mostLent) {}
