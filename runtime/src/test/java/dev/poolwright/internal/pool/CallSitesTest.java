package dev.poolwright.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.poolwright.CallOption;
import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.TaskContext;
import dev.poolwright.TaskTimeoutException;
import dev.poolwright.spi.Call;
import dev.poolwright.spi.CallSite;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Calls as generated code makes them, on threads. */
final class CallSitesTest extends ThreadPools {

  /** Has annotated methods, one would think. */
  static final class Target {
    List<Object> echo(String self, int fn, Object task, Object pool, Object call, Object site) {
      return List.of(self, fn, task, pool, call, site);
    }

    String await(CountDownLatch latch) throws InterruptedException {
      latch.await();
      return TaskContext.current().name();
    }
  }

  record Echo(String self, int fn, Object task, Object pool, Object call, Object site)
      implements Call<Target, List<Object>> {
    @Override
    public List<Object> on(Target target) {
      return target.echo(self, fn, task, pool, call, site);
    }
  }

  record Await(CountDownLatch latch) implements Call<Target, String> {
    @Override
    public String on(Target target) throws InterruptedException {
      return target.await(latch);
    }
  }

  @Test
  @Tag("scenario-2")
  @DisplayName("arguments called as the machinery's own are passed on untouched")
  void passesArgumentsOn() {
    Pools pools = open(io(1));
    CallSite<Target> site = CallSite.<Target>of(Target.class, "echo(String)", "io").open(pools);
    Pool pool = pools.pool("io");
    Task<List<Object>> task =
        site.submit(new Target(), new Echo("self", 2, this, pool, "call", site));
    assertThat(task.join()).containsExactly("self", 2, this, pool, "call", site);
  }

  @Test
  @Tag("scenario-150")
  @DisplayName("a limit of the call goes before the pool's, for more and for less")
  void theLimitOfTheCallGoesBeforeThePools() {
    Pools pools = open(io(2).timeout(Duration.ofMillis(50)));
    CallSite<Target> site = CallSite.<Target>of(Target.class, "await()", "io").open(pools);
    CountDownLatch never = new CountDownLatch(1);
    assertLimited(site, "PT0.05S, the limit of pool \"io\"");
    assertLimited(
        site.with(CallOption.timeout(Duration.ofMillis(20))), "PT0.02S, the limit of CallOption");
    for (CallOption more :
        List.of(CallOption.timeout(Duration.ofSeconds(60)), CallOption.noTimeout())) {
      CountDownLatch latch = new CountDownLatch(1);
      Task<String> limited = site.submit(new Target(), new Await(never));
      Task<String> unlimited = site.with(more).submit(new Target(), new Await(latch));
      // By then the pool's limit has passed for both.
      assertThat(limited.handle((value, failure) -> failure).join())
          .isInstanceOf(TaskTimeoutException.class);
      latch.countDown();
      assertThat(unlimited.join()).isEqualTo("Target.await()");
    }
  }

  @Test
  @Tag("scenario-145")
  @DisplayName("a limit of @Async goes before the pool's")
  void theLimitOfTheMethodGoesBeforeThePools() {
    Pools pools = open(io(1).timeout(Duration.ofSeconds(60)));
    assertLimited(
        CallSite.<Target>of(Target.class, "await()", "io").timeout("20ms").open(pools),
        "PT0.02S, the limit of its @Async");
  }

  private static void assertLimited(CallSite<Target> site, String limit) {
    Task<String> task = site.submit(new Target(), new Await(new CountDownLatch(1)));
    assertThat(task.handle((value, failure) -> failure).join())
        .isInstanceOf(TaskTimeoutException.class)
        .hasMessage("Target.await() ran longer than " + limit);
  }

  @Test
  @Tag("scenario-149")
  @DisplayName("a limit of the call that is zero or negative is refused")
  void refusesOddLimits() {
    for (Duration odd : List.of(Duration.ZERO, Duration.ofMillis(-1))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> CallOption.timeout(odd))
          .withMessage("timeout is " + odd + "; must be more than zero");
    }
  }
}
