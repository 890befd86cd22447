package dev.poolwright.internal.task;

import dev.poolwright.annotation.SaturationPolicy;
import dev.poolwright.annotation.setting.PoolSetting;

/**
 * How many workers a crew may have, and how many tasks may wait for them.
 *
 * @param maxWorkers most tasks that run at once
 * @param queueCapacity most tasks that wait
 * @param whenSaturated what submit does beyond both
 * @param keepAliveNanos how long an idle worker is kept
 */
record CrewLimits(
    int maxWorkers, int queueCapacity, SaturationPolicy whenSaturated, long keepAliveNanos) {

  static CrewLimits of(PoolSettings settings) {
    return new CrewLimits(
        settings.maxWorkers(),
        settings.number(PoolSetting.QUEUE_CAPACITY),
        settings.whenSaturated(),
        TaskSite.nanos(settings.duration(PoolSetting.KEEP_ALIVE)));
  }
}
