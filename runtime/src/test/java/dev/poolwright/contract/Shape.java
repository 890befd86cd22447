package dev.poolwright.contract;

import dev.poolwright.PoolConfig;
import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.ThreadPoolConfig;
import dev.poolwright.annotation.PoolKind;
import dev.poolwright.annotation.SaturationPolicy;
import java.time.Duration;

/**
 * What a test asks of a pool, whatever its kind.
 *
 * @param name of the pool
 * @param workers most tasks that run at once
 * @param queue most tasks that wait
 * @param policy beyond both
 * @param timeout longest run; zero for no limit
 */
record Shape(String name, int workers, int queue, SaturationPolicy policy, Duration timeout) {

  static Shape of(String name, int workers) {
    return new Shape(name, workers, 1_024, SaturationPolicy.BLOCK, Duration.ZERO);
  }

  Shape queue(int tasks) {
    return new Shape(name, workers, tasks, policy, timeout);
  }

  Shape policy(SaturationPolicy newPolicy) {
    return new Shape(name, workers, queue, newPolicy, timeout);
  }

  Shape timeout(Duration limit) {
    return new Shape(name, workers, queue, policy, limit);
  }

  PoolConfig config(PoolKind kind) {
    return switch (kind) {
      case THREAD ->
          ThreadPoolConfig.named(name)
              .maxWorkers(workers)
              .queueCapacity(queue)
              .whenSaturated(policy)
              .timeout(timeout);
      case PROCESS ->
          ProcessPoolConfig.named(name)
              .jvmArgs("-Xmx64m", "-XX:TieredStopAtLevel=1")
              .maxWorkers(workers)
              .queueCapacity(queue)
              .whenSaturated(policy)
              .timeout(timeout);
    };
  }
}
