package dev.poolwright.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.sun.management.ThreadMXBean;
import dev.poolwright.CallOption;
import dev.poolwright.JobFunction;
import dev.poolwright.MapOption;
import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.ThreadPoolConfig;
import dev.poolwright.spi.Call;
import dev.poolwright.spi.CallSite;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Names are texts for people; who submits a task makes none. */
@Timeout(60)
final class SubmitTextTest {

  private static final int SUBMITS = 1_000;
  private static final String SHORT = "s";
  private static final String LONG = "l".repeat(64);

  /** What a text that has the longer name would take more, less a margin. */
  private static final long MOST_BYTES_MORE = 16;

  private record Answer() implements Call<Object, Integer> {
    @Override
    public Integer on(Object none) {
      return 1;
    }
  }

  /** The ways of handing work to a pool. */
  @SuppressWarnings("ImmutableEnumChecker") // Its functions hold nothing.
  private enum Way {
    SUBMIT_RUNNABLE(pool -> () -> kept(pool.submit((Runnable) SubmitTextTest::nothing))),
    SUBMIT_JOB(pool -> () -> kept(pool.submit(() -> 1))),
    EXECUTE(pool -> () -> pool.execute(SubmitTextTest::nothing)),
    RUN_ASYNC(pool -> () -> kept(CompletableFuture.runAsync(SubmitTextTest::nothing, pool))),
    WITH_OPTIONS(
        pool -> {
          Pool view = pool.with(CallOption.timeout(Duration.ofHours(1)));
          return () -> kept(view.submit(() -> 1));
        });

    private final Function<Pool, Runnable> submit;

    Way(Function<Pool, Runnable> submit) {
      this.submit = submit;
    }
  }

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final CountDownLatch ends = new CountDownLatch(1);
  private final Pools pools = Pools.builder().pool(pool(SHORT)).pool(pool(LONG)).build();

  private static ThreadPoolConfig pool(String name) {
    return ThreadPoolConfig.named(name).maxWorkers(1).queueCapacity(Integer.MAX_VALUE);
  }

  private static void nothing() {}

  @CanIgnoreReturnValue
  private static Object kept(Object task) {
    return task;
  }

  @AfterEach
  void close() {
    ends.countDown();
    pools.close();
  }

  @ParameterizedTest
  @EnumSource
  void aSubmitByHandTakesNoMoreForALongerName(Way way) throws Exception {
    assertThat(bytes(SUBMITS, way.submit.apply(held(LONG))))
        .isLessThan(bytes(SUBMITS, way.submit.apply(held(SHORT))) + MOST_BYTES_MORE);
  }

  @Test
  void aGeneratedCallTakesNoMoreForALongerName() throws Exception {
    assertThat(bytes(SUBMITS, calls(LONG)))
        .isLessThan(bytes(SUBMITS, calls(SHORT)) + MOST_BYTES_MORE);
  }

  @Test
  void anElementOfABatchTakesNoMoreForALongerName() throws Exception {
    assertThat(bytesOfElements(held(LONG)))
        .isLessThan(bytesOfElements(held(SHORT)) + MOST_BYTES_MORE);
  }

  private long bytesOfElements(Pool pool) {
    List<Integer> inputs = Collections.nCopies(SUBMITS, 1);
    MapOption[] options = {MapOption.buffer(SUBMITS), MapOption.chunkSize(1)};
    JobFunction<Integer, Integer> itself = n -> n;
    return bytes(1, () -> kept(pool.map(itself, inputs, options))) / SUBMITS;
  }

  private Runnable calls(String name) throws InterruptedException {
    CallSite<Object> site =
        CallSite.ofStatic(Object.class, name + "()", held(name).name()).open(pools);
    return () -> kept(site.submit(null, new Answer()));
  }

  /** A pool whose worker is busy, so that all that is submitted waits. */
  private Pool held(String name) throws InterruptedException {
    Pool pool = pools.pool(name);
    CountDownLatch begun = new CountDownLatch(1);
    Task<?> unused =
        pool.submit(
            (Callable<Integer>)
                () -> {
                  begun.countDown();
                  ends.await();
                  return 1;
                });
    begun.await();
    return pool;
  }

  /** What the submitting thread allocates for one, in the mean. */
  private long bytes(int submits, Runnable submit) {
    for (int i = 0; i < submits; i++) {
      submit.run(); // The first ones load classes.
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < submits; i++) {
      submit.run();
    }
    return (threads.getCurrentThreadAllocatedBytes() - before) / submits;
  }
}
