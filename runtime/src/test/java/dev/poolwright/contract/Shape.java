package dev.poolwright.contract;

import dev.poolwright.ClusterPoolConfig;
import dev.poolwright.PoolConfig;
import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.ThreadPoolConfig;
import dev.poolwright.VirtualPoolConfig;
import dev.poolwright.annotation.SaturationPolicy;
import dev.poolwright.annotation.setting.PoolSetting;
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

  PoolConfig config(Kind kind) {
    PoolConfig config =
        switch (kind) {
          case THREAD, DIRECT -> ThreadPoolConfig.named(name);
          case VIRTUAL -> VirtualPoolConfig.named(name);
          case CLUSTER -> ClusterPoolConfig.named(name).cluster("contract");
          case PROCESS ->
              ProcessPoolConfig.named(name).jvmArgs("-Xmx64m", "-XX:TieredStopAtLevel=1");
        };
    return config
        .set(PoolSetting.MAX_WORKERS, workers)
        .set(PoolSetting.QUEUE_CAPACITY, queue)
        .set(PoolSetting.WHEN_SATURATED, policy)
        .set(PoolSetting.TIMEOUT, timeout);
  }
}
