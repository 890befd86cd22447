package dev.poolwright.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.CallOption;
import dev.poolwright.MapOption;
import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.Task;
import dev.poolwright.TaskTimeoutException;
import dev.poolwright.WorkerCrashedException;
import dev.poolwright.internal.LeavesNothingBehind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Calls whose worker JVM ends by itself are run again, as often as they may be, and no others. */
@SuppressWarnings("serial") // What the lambdas call is here for them alone.
@Timeout(60)
@ExtendWith(LeavesNothingBehind.class)
final class RetriesTest {

  @TempDir Path directory;

  private static ProcessPoolConfig cpu() {
    return ProcessPoolConfig.named("cpu").maxWorkers(1).jvmArgs("-Xmx64m");
  }

  private static Pools pools(ProcessPoolConfig config) {
    return Pools.builder().pool(config).build();
  }

  /** Ends its JVM in the first calls with a file; returns which call it is. */
  static int crash(String file, int times) throws IOException {
    int tries = begin(file);
    if (tries <= times) {
      Runtime.getRuntime().halt(9);
    }
    return tries;
  }

  /** Counts the calls with a file. */
  static int begin(String file) throws IOException {
    Path path = Path.of(file);
    Files.writeString(path, "x", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    return (int) Files.size(path);
  }

  private static Throwable failure(Task<?> task) {
    assertThatThrownBy(task::join).isNotNull();
    return task.exceptionNow();
  }

  private String file(String name) {
    return directory.resolve(name).toString();
  }

  private int tries(String name) throws IOException {
    Path path = directory.resolve(name);
    return Files.exists(path) ? (int) Files.size(path) : 0;
  }

  @Test
  void succeedsWithTheLastTry() {
    String file = file("a");
    try (Pools pools = pools(cpu().retries(2))) {
      Pool pool = pools.pool("cpu");
      AtomicInteger ends = new AtomicInteger();
      Task<Integer> task = pool.submit(() -> crash(file, 2)).onDone(any -> ends.incrementAndGet());

      assertThat(task.join()).isEqualTo(3);
      assertThat(pool.submit(() -> 7).join()).isEqualTo(7);
      assertThat(ends).hasValue(1);
      assertThat(pool.stats().succeeded()).isEqualTo(2);
      assertThat(pool.stats().failed()).isZero();
    }
  }

  @Test
  void failsWithTheLastTryAndHasTheOthersAsSuppressed() throws IOException {
    String file = file("a");
    try (Pools pools = pools(cpu().retries(2))) {
      Throwable failure = failure(pools.pool("cpu").submit(() -> crash(file, 9)));

      assertThat(failure).isInstanceOf(WorkerCrashedException.class);
      assertThat(failure.getSuppressed())
          .hasSize(2)
          .hasOnlyElementsOfType(WorkerCrashedException.class);
      assertThat(tries("a")).isEqualTo(3);
    }
  }

  @Test
  void keepsItsPlaceBeforeThoseThatWaitBehindIt() {
    String crashes = file("a");
    String order = file("order");
    try (Pools pools = pools(cpu())) {
      Pool pool = pools.pool("cpu");
      Task<Integer> first =
          pool.with(CallOption.retries(1)).submit(() -> crash(crashes, 1) > 1 ? begin(order) : 0);
      Task<Integer> second = pool.submit(() -> begin(order));

      assertThat(second.join()).isEqualTo(2);
      assertThat(first.join()).isEqualTo(1);
    }
  }

  @Test
  void runsOnceWithoutRetries() throws IOException {
    String file = file("a");
    try (Pools pools = pools(cpu().retries(2))) {
      Pool once = pools.pool("cpu").with(CallOption.retries(0));

      assertThat(failure(once.submit(() -> crash(file, 9)))).hasNoSuppressedExceptions();
      assertThat(tries("a")).isEqualTo(1);
    }
  }

  @Test
  void whatTheMethodThrowsIsItsOutcome() throws IOException {
    String file = file("a");
    try (Pools pools = pools(cpu().retries(2))) {
      Task<Integer> task =
          pools
              .pool("cpu")
              .submit(
                  () -> {
                    begin(file);
                    throw new IllegalStateException("on purpose");
                  });

      assertThat(failure(task)).isInstanceOf(IllegalStateException.class);
      assertThat(tries("a")).isEqualTo(1);
    }
  }

  @Test
  void timeLimitAndCancelEndItForGood() throws Exception {
    String late = file("late");
    String cancelled = file("cancelled");
    try (Pools pools = pools(cpu().retries(2))) {
      Pool pool = pools.pool("cpu");
      Task<Integer> limited =
          pool.with(CallOption.timeout(Duration.ofMillis(300))).submit(() -> sleep(late));
      assertThat(failure(limited)).isInstanceOf(TaskTimeoutException.class);
      Task<Integer> stopped = pool.submit(() -> sleep(cancelled));
      while (tries("cancelled") < 1) {
        LockSupport.parkNanos(100_000);
      }
      assertThat(stopped.cancel(true)).isTrue();
      assertThat(pool.submit(() -> 7).join()).isEqualTo(7);
      assertThat(tries("late")).isLessThan(2); // Its worker may have had no time at all.
      assertThat(tries("cancelled")).isEqualTo(1);
    }
  }

  static int sleep(String file) throws Exception {
    int tries = begin(file);
    TimeUnit.MINUTES.sleep(1);
    return tries;
  }

  @Test
  void eachTryHasTheWholeTimeLimit() {
    String file = file("a");
    try (Pools pools = pools(cpu().retries(3).timeout(Duration.ofMillis(3_500)))) {
      Task<Integer> task = pools.pool("cpu").submit(() -> crashLate(file, 3));

      assertThat(task.join()).isEqualTo(4); // Four seconds in all.
    }
  }

  static int crashLate(String file, int times) throws Exception {
    TimeUnit.SECONDS.sleep(1);
    return crash(file, times);
  }

  /** An element before one that crashes may run again as well: its result may have been lost. */
  @Test
  void elementsOfABatchAreTriedAgainUntilEachHasAResult() {
    try (Pools pools = pools(cpu())) {
      Pool pool = pools.pool("cpu").with(CallOption.retries(5));
      List<String> files = IntStream.range(0, 6).mapToObj(i -> file("e" + i)).toList();
      List<Integer> tries =
          pool.map(
                  (String file) ->
                      crash(file, file.endsWith("e1") ? 2 : file.endsWith("e4") ? 1 : 0),
                  files,
                  MapOption.chunkSize(6))
              .toList();

      assertThat(tries).hasSize(6).allMatch(each -> each >= 1 && each <= 6);
      assertThat(tries.get(1)).isGreaterThanOrEqualTo(3);
      assertThat(tries.get(4)).isGreaterThanOrEqualTo(2);
      assertThat(tries.get(5)).isEqualTo(1); // Behind the last crash.
      assertThat(pools.pool("cpu").stats().failed()).isZero();
    }
  }

  @Test
  void anElementThatHasHadAllItsTriesFailsAlone() throws IOException {
    try (Pools pools = pools(cpu())) {
      Pool pool = pools.pool("cpu").with(CallOption.retries(1));
      List<String> files = IntStream.range(0, 3).mapToObj(i -> file("e" + i)).toList();
      List<Task<Integer>> tasks = new ArrayList<>();
      pool.map(
              (String file) -> crash(file, file.endsWith("e0") ? 9 : 0),
              files,
              MapOption.chunkSize(3))
          .tasks()
          .forEach(tasks::add);

      assertThat(failure(tasks.get(0)).getSuppressed()).hasSize(1);
      assertThat(tasks.get(1).join()).isEqualTo(1);
      assertThat(tasks.get(2).join()).isEqualTo(1);
      assertThat(tries("e0")).isEqualTo(2);
    }
  }

  @Test
  void refusesNumbersOutOfRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CallOption.retries(-1))
        .withMessage("retries is -1; must be 0 to 100");
  }
}
