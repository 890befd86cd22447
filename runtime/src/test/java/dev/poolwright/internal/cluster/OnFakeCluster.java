package dev.poolwright.internal.cluster;

import dev.poolwright.ClusterPoolConfig;
import dev.poolwright.Pools;
import dev.poolwright.TaskContext;
import dev.poolwright.internal.LeavesNothingBehind;
import dev.poolwright.spi.Call;
import dev.poolwright.spi.CallSite;
import dev.poolwright.spi.Targets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Calls, and a cluster of nodes that are reached by a fake transport, for a test of its own. */
@Timeout(60)
@ExtendWith(LeavesNothingBehind.class)
abstract class OnFakeCluster {
  static volatile CountDownLatch begun = new CountDownLatch(0);
  static volatile CountDownLatch goOn = new CountDownLatch(0);
  static volatile CountDownLatch stopped = new CountDownLatch(0);
  static final AtomicInteger RUNS = new AtomicInteger();
  static final AtomicInteger FIRST = new AtomicInteger();

  /** Has the methods that are called. */
  static final class Renderer {}

  record Twice(int value) implements Call<Renderer, Integer> {
    @Override
    public Integer on(Renderer renderer) {
      return 2 * value;
    }

    @Override
    public Renderer target(Targets<Renderer> targets) throws Exception {
      return targets.made(Renderer::new);
    }
  }

  record Fail(Exception failure) implements Call<Renderer, Integer> {
    @Override
    public Integer on(Renderer renderer) throws Exception {
      RUNS.getAndIncrement();
      throw failure;
    }

    @Override
    public Renderer target(Targets<Renderer> targets) throws Exception {
      return targets.made(Renderer::new);
    }
  }

  record Hold(int value) implements Call<Renderer, Integer> {
    @Override
    public Integer on(Renderer renderer) throws InterruptedException {
      RUNS.getAndIncrement();
      begun.countDown();
      try {
        goOn.await();
      } catch (InterruptedException e) {
        stopped.countDown();
        throw e;
      }
      return value;
    }

    @Override
    public Renderer target(Targets<Renderer> targets) throws Exception {
      return targets.made(Renderer::new);
    }
  }

  record Report() implements Call<Renderer, Integer> {
    @Override
    public Integer on(Renderer renderer) throws InterruptedException {
      TaskContext.current().progress(0.5, "half");
      goOn.await();
      return 1;
    }

    @Override
    public Renderer target(Targets<Renderer> targets) throws Exception {
      return targets.made(Renderer::new);
    }
  }

  /** The second of a chunk waits, and the first is counted. */
  record Step(int value) implements Call<Renderer, Integer> {
    @Override
    public Integer on(Renderer renderer) throws InterruptedException {
      if (value == 2) {
        return new Hold(value).on(renderer);
      }
      if (value == 1) {
        FIRST.getAndIncrement();
      }
      return value;
    }

    @Override
    public Renderer target(Targets<Renderer> targets) throws Exception {
      return targets.made(Renderer::new);
    }
  }

  final FakeCluster cluster = new FakeCluster("fake", "render");
  final List<Pools> opened = new ArrayList<>();

  @BeforeEach
  void reset() {
    begun = new CountDownLatch(1);
    goOn = new CountDownLatch(1);
    stopped = new CountDownLatch(1);
    RUNS.set(0);
    FIRST.set(0);
  }

  @AfterEach
  void end() {
    opened.forEach(Pools::shutdownNow);
    opened.forEach(Pools::close);
    cluster.close();
  }

  static ClusterPoolConfig render() {
    return ClusterPoolConfig.named("render").cluster("fake");
  }

  Pools open(ClusterPoolConfig config) {
    return open(Pools.builder().pool(config));
  }

  Pools open(Pools.Builder builder) {
    Pools pools = builder.build();
    opened.add(pools);
    return pools;
  }

  CallSite<Renderer> site(Pools pools) {
    return CallSite.<Renderer>of(Renderer.class, "run()", "render").open(pools);
  }

  CallSite<Renderer> site() {
    return site(open(render()));
  }
}
