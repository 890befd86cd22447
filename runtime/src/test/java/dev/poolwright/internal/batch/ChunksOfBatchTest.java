package dev.poolwright.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.JobFunction;
import dev.poolwright.MapOption;
import dev.poolwright.ThreadPoolConfig;
import dev.poolwright.internal.LeavesNothingBehind;
import dev.poolwright.internal.crew.Crew;
import dev.poolwright.internal.crew.Worker;
import dev.poolwright.internal.life.ExitPlan;
import dev.poolwright.internal.life.Life;
import dev.poolwright.internal.pool.EnginePool;
import dev.poolwright.internal.pool.PoolSettings;
import dev.poolwright.internal.pool.Runner;
import dev.poolwright.internal.pool.ThreadRunner;
import dev.poolwright.internal.task.PoolTask;
import dev.poolwright.internal.time.SteppedTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which chunks a batch feeds to its pool. */
@Timeout(60)
@ExtendWith(LeavesNothingBehind.class)
final class ChunksOfBatchTest {

  /** Runs chunks on one thread, and keeps their sizes. */
  private static final class Sizes implements Runner {
    private final List<Integer> sizes = new CopyOnWriteArrayList<>();
    private final Runner threads = new ThreadRunner();

    @Override
    public Where where() {
      return threads.where();
    }

    @Override
    public void run(PoolTask<?> task, Worker worker) {
      sizes.add(task.size());
      threads.run(task, worker);
    }

    @Override
    public void stop(PoolTask<?> task, Thread runner) {
      threads.stop(task, runner);
    }

    @Override
    public void stopUnseen(Crew crew) {
      threads.stopUnseen(crew);
    }
  }

  private final SteppedTime time = SteppedTime.stepped();
  private final Life life =
      new Life(
          failure -> {}, ExitPlan.DEFAULT, ClassLoader.getSystemClassLoader(), Thread::start, time);
  private final Sizes runner = new Sizes();
  private final EnginePool pool =
      new EnginePool(life, PoolSettings.of(ThreadPoolConfig.named("sizes").maxWorkers(1)), runner);

  @BeforeEach
  void begin() {
    life.add(pool);
  }

  @AfterEach
  void end() throws InterruptedException {
    life.shutdown();
    assertThat(life.awaitTermination(Long.MAX_VALUE)).isTrue();
  }

  private List<Integer> sizes(
      int inputs, JobFunction<Integer, Integer> function, MapOption... options) {
    List<Integer> all = IntStream.range(0, inputs).boxed().toList();
    assertThat(pool.map(function, all, options).toList()).isEqualTo(all);
    assertThat(runner.sizes.stream().mapToInt(size -> size).sum()).isEqualTo(inputs);
    return runner.sizes;
  }

  @Test
  @Tag("scenario-69")
  @DisplayName("tiny calls are packed, more and more of them")
  void packsTinyCalls() {
    List<Integer> sizes = sizes(100_000, input -> input);
    assertThat(sizes.get(0)).isEqualTo(1);
    assertThat(sizes).contains(ChunkSizes.MOST).hasSizeLessThan(200);
  }

  @Test
  @Tag("scenario-69")
  @DisplayName("slow calls are not packed")
  void leavesSlowCallsAlone() {
    SteppedTime passing = time; // A lambda that could travel is not to hold the test.
    assertThat(
            sizes(
                5,
                input -> {
                  passing.pass(Duration.ofMillis(220)); // Pools go by this one.
                  return input;
                }))
        .containsOnly(1);
  }

  @Test
  @Tag("scenario-46")
  @DisplayName("a fixed chunk size is kept; the last chunk takes what is left")
  void keepsFixedSizes() {
    assertThat(sizes(40, input -> input, MapOption.chunkSize(15))).containsExactly(15, 15, 10);
  }

  @Test
  @Tag("scenario-59")
  @DisplayName("a chunk is never larger than the buffer")
  void staysWithinBuffer() {
    assertThat(sizes(20, input -> input, MapOption.chunkSize(15), MapOption.buffer(8)))
        .containsExactly(8, 8, 4);
  }
}
