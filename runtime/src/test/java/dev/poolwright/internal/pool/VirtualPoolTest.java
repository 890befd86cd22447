package dev.poolwright.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.Pool;
import dev.poolwright.PoolStats;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.TaskContext;
import dev.poolwright.Tasks;
import dev.poolwright.ThreadPoolConfig;
import dev.poolwright.VirtualPoolConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Handler;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledOnJre;
import org.junit.jupiter.api.condition.JRE;

/** Pools of virtual threads, where there are any, beside what all pools have in common. */
final class VirtualPoolTest extends ThreadPools {

  private static VirtualPoolConfig web(int workers) {
    return VirtualPoolConfig.named("web").maxWorkers(workers);
  }

  private Pool pool(VirtualPoolConfig config) {
    return keep(Pools.builder().pool(config).build()).pool(config.name());
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void eachTaskHasAFreshVirtualThreadInAPlaceThatIsUsedAgain() {
    Pool pool = pool(web(3));
    Thread first = pool.submit(Thread::currentThread).join();
    awaitIdle(pool);
    Thread second = pool.submit(Thread::currentThread).join();

    assertThat(first.toString()).startsWith("VirtualThread[");
    assertThat(second).isNotSameAs(first);
    assertThat(List.of(first.getName(), second.getName())).containsExactly("web-1", "web-1");
    assertThat(pool.submit(() -> TaskContext.current().name()).join()).startsWith("web.submit(");
    while (pool.stats().workers() > 0) {
      LockSupport.parkNanos(100_000); // Nothing idles.
    }
    assertThat(pool.stats().workersStarted()).isEqualTo(3);
  }

  @Test
  @EnabledOnJre(JRE.JAVA_17)
  void platformThreadsTakeTheirPlaceAndTheLogSaysSoOnce() {
    Logger logger = Logger.getLogger("dev.poolwright");
    List<String> lines = new ArrayList<>();
    Handler handler = Logs.to(lines);
    logger.addHandler(handler);
    try {
      VirtualPoolConfig mail = VirtualPoolConfig.named("mail");
      Pools pools = keep(Pools.builder().pool(web(5_000)).pool(mail).build());

      assertThat(pools.pool("web").stats().maxWorkers()).isEqualTo(1_024);
      assertThat(pools.pool("mail").stats().maxWorkers()).isEqualTo(256);
      assertThat(pools.pool("web").submit(() -> Thread.currentThread().getName()).join())
          .isEqualTo("web-1");
      assertThat(lines)
          .containsExactly(
              "virtual threads of pools \"mail\", \"web\" run on platform threads, 1,024 of each"
                  + " pool at most: this is Java 17, and virtual threads need 21");
    } finally {
      logger.removeHandler(handler);
    }
  }

  @Test
  void oneWorkerKeepsTheOrder() {
    Pool pool = pool(web(1));
    List<Integer> order = new ArrayList<>();
    List<Task<Boolean>> tasks =
        IntStream.range(0, 1_000).mapToObj(i -> pool.submit(() -> order.add(i))).toList();
    tasks.forEach(Task::join);

    assertThat(order).isEqualTo(IntStream.range(0, 1_000).boxed().toList());
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void aHundredThousandSleepersNeverExceedTenThousandAndKeepTheirOrderInFlatMemory() {
    int workers = 10_000;
    Pool pool = pool(web(workers));
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger ended = new AtomicInteger();
    LongAdder early = new LongAdder();
    CountDownLatch full = new CountDownLatch(workers);
    long[] bytes = new long[2];
    for (int i = 0; i < 100_000; i++) {
      int number = i;
      Task<?> unused =
          pool.submit(
              () -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                if (ended.get() < number + 1 - workers) {
                  early.increment(); // One that was submitted before it cannot have begun yet.
                }
                full.countDown();
                full.await(); // However slowly they are submitted.
                TimeUnit.MILLISECONDS.sleep(200);
                ended.incrementAndGet();
                return running.decrementAndGet();
              });
      if (i == 20_000 || i == 90_000) {
        System.gc();
        Runtime jvm = Runtime.getRuntime();
        bytes[i / 90_000] = jvm.totalMemory() - jvm.freeMemory();
      }
    }
    awaitIdle(pool);

    assertThat(ended).hasValue(100_000);
    assertThat(most).hasValue(workers);
    assertThat(early.sum()).isZero();
    assertThat(bytes[1]).isLessThan(bytes[0] + (32 << 20));
    assertThat(pool.stats().workersStarted()).isLessThan(110_000);
  }

  @Test
  void asManyMayWaitForOthersAsMayRun() {
    Pool pool = pool(web(400));
    List<Task<Integer>> tasks =
        IntStream.range(0, 400)
            .mapToObj(i -> pool.submit(() -> 1 + pool.submit(() -> i).join()))
            .toList();

    assertThat(Tasks.allOf(tasks).join()).hasSize(400).contains(1, 400);
  }

  @Test
  void saysThatAWaitForAnotherPoolIsAStall() throws Exception {
    Logger logger = Logger.getLogger("dev.poolwright");
    List<String> lines = new ArrayList<>();
    Handler handler = Logs.to(lines);
    CountDownLatch stalled = new CountDownLatch(1);
    logger.addHandler(handler);
    try {
      Pools pools =
          keep(
              Pools.builder()
                  .pool(web(2))
                  .pool(ThreadPoolConfig.named("db").maxWorkers(1))
                  .build());
      Task<?> busy = pools.pool("db").submit(() -> await(stalled), null);
      List<Task<?>> all = new ArrayList<>(List.of(busy));
      for (int i = 0; i < 3; i++) {
        all.add(pools.pool("web").submit(() -> busy.join()));
      }
      String warning = Logs.await(lines, line -> line.contains("makes no progress"));
      stalled.countDown();
      all.forEach(Task::join);

      assertThat(warning)
          .startsWith("pool \"web\" makes no progress: all 2 workers are blocked, and 1 tasks wait")
          .contains("VirtualPoolTest");
      if (Runtime.version().feature() >= 21) {
        assertThat(warning).contains("web-1 and 1 more\n").doesNotContain("  web-2");
      }
    } finally {
      stalled.countDown();
      logger.removeHandler(handler);
    }
  }

  @Test
  void figuresAreThoseOfAPoolOfThreads() {
    Pool pool = pool(web(2).queueCapacity(1));
    CountDownLatch go = new CountDownLatch(1);
    List<Task<?>> tasks = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      tasks.add(pool.submit(() -> await(go), null));
    }
    PoolStats now;
    do {
      now = pool.stats();
    } while (now.running() < 2);
    assertThat(now.queued()).isEqualTo(1);
    assertThat(now.workers()).isEqualTo(2);
    go.countDown();
    tasks.forEach(Task::join);
  }
}
