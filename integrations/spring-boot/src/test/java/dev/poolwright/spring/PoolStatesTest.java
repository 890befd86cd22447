package dev.poolwright.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.Task;
import dev.poolwright.ThreadPoolConfig;
import dev.poolwright.annotation.SaturationPolicy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What the health of pools says. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class PoolStatesTest {

  @Test
  void theApplicationHasAHealthIndicator() {
    new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                PoolwrightAutoConfiguration.class, PoolwrightHealthAutoConfiguration.class))
        .run(
            run -> {
              Object indicator = run.getBean("poolwrightHealthIndicator");
              Object health = indicator.getClass().getMethod("health").invoke(indicator);
              assertThat(health.toString()).contains("UP").contains("0 of 2 workers busy");
            });
  }

  @Test
  void aSaturatedPoolSaysSoAndIsUp() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    ThreadPoolConfig one =
        ThreadPoolConfig.named("one")
            .maxWorkers(1)
            .queueCapacity(1)
            .whenSaturated(SaturationPolicy.REJECT);
    try (Pools pools = Pools.builder().pool(one).build()) {
      Pool pool = pools.pool("one");
      CountDownLatch begun = new CountDownLatch(1);
      Task<Boolean> running =
          pool.submit(
              () -> {
                begun.countDown();
                return done.await(1, TimeUnit.HOURS);
              });
      begun.await();
      Task<Boolean> queued = pool.submit(() -> done.await(1, TimeUnit.HOURS));

      PoolStates states = PoolStates.of(pools);
      assertThat(states.isUp()).isTrue();
      assertThat(states.details())
          .containsEntry("one", "saturated: 1 of 1 workers busy, 1 of 1 places in the queue taken");

      done.countDown();
      assertThat(running.get()).isEqualTo(queued.get());
    }
  }

  @Test
  void aBrokenPoolIsDown() {
    ProcessPoolConfig broken =
        ProcessPoolConfig.named("broken").maxWorkers(1).jvmArgs("-XX:NoSuchOption");
    try (Pools pools = Pools.builder().pool(broken).build()) {
      for (int i = 0; i < 3; i++) {
        Task<Integer> task = pools.pool("broken").submit(() -> 1);
        assertThatThrownBy(task::get).isInstanceOf(ExecutionException.class);
      }
      PoolStates states = PoolStates.of(pools);
      assertThat(states.isUp()).isFalse();
      assertThat(states.details().get("broken")).contains("pool \"broken\" is broken");
    }
  }
}
