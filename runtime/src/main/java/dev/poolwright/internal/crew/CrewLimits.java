package dev.poolwright.internal.crew;

import dev.poolwright.annotation.SaturationPolicy;

/**
 * How many workers a crew may have, and how many tasks may wait for them.
 *
 * @param maxWorkers most tasks that run at once
 * @param queueCapacity most tasks that wait
 * @param whenSaturated what submit does beyond both
 * @param keepAliveNanos how long an idle worker is kept
 */
public record CrewLimits(
    int maxWorkers, int queueCapacity, SaturationPolicy whenSaturated, long keepAliveNanos) {}
