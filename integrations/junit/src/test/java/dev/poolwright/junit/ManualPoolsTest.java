package dev.poolwright.junit;

import static dev.poolwright.junit.PoolwrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.poolwright.Batch;
import dev.poolwright.MapOption;
import dev.poolwright.Task;
import dev.poolwright.TaskTimeoutException;
import dev.poolwright.Tasks;
import dev.poolwright.WaitFor;
import dev.poolwright.WaitTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nothing runs, and no time passes, before the test says so. */
@Timeout(60)
final class ManualPoolsTest {

  @RegisterExtension final PoolsExtension extension = PoolsExtension.manual();

  private final Crawler crawler = new Crawler();

  @Test
  void aTaskRunsWhenTheTestSaysSo(ManualPools pools) {
    Task<String> page = new AsyncCrawler(crawler, pools).get("a");
    assertThat(page).isQueued().hasName("Crawler.get(String)");
    assertThat(pools.queued()).containsExactly("Crawler.get(String) (pool \"io\")");
    assertThat(pools.runNext()).isTrue();
    assertThat(page).hasSucceeded().hasResult("page of a");
    assertThat(crawler.saved).containsExactly("page of a");
    assertThat(pools.runNext()).isFalse();
  }

  @Test
  void tasksRunInTheOrderOfTheirSubmits(ManualPools pools) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int number = i;
      pools.pool("pool" + number % 2).execute(() -> order.add(number));
    }
    assertThat(pools.runAll()).isEqualTo(4);
    assertThat(order).containsExactly(0, 1, 2, 3);
  }

  @Test
  void whatIsCancelledIsNotRun(ManualPools pools) {
    Task<Integer> task = pools.pool("io").submit(() -> 7);
    task.cancel(true);
    assertThat(task).isCancelled();
    assertThat(pools.queued()).isEmpty();
    assertThat(pools.runNext()).isFalse();
  }

  @Test
  void everyWaitOfTheTestForAQueuedTaskThrowsAtOnce(ManualPools pools) {
    Task<Integer> task = pools.pool("io").submit(() -> 7);
    Batch<Integer> batch = pools.pool("io").map(x -> x, List.of(1));
    Batch<Integer> waited = pools.pool("io").map(x -> x, List.of(1));
    String queued = task.name() + " (pool \"io\")";
    assertThatIllegalStateException()
        .isThrownBy(task::get)
        .withMessageContaining("wait of the test's thread for " + task.name())
        .withMessageContaining(queued)
        .withMessageContaining("runAll()")
        .withMessageContaining("advance(Duration)");
    assertThatIllegalStateException().isThrownBy(task::join);
    assertThatIllegalStateException().isThrownBy(() -> task.get(1, TimeUnit.DAYS));
    assertThatIllegalStateException().isThrownBy(task.thenApply(x -> x)::join);
    assertThatIllegalStateException().isThrownBy(waited::toList);
    assertThatIllegalStateException()
        .isThrownBy(() -> Tasks.await(List.of(task), WaitFor.ALL_COMPLETED));
    assertThatIllegalStateException()
        .isThrownBy(() -> Tasks.asCompleted(List.of(task)).iterator().next());
    pools.runAll();
    assertThat(task).hasResult(7);
    assertThat(batch).isFinished().hasDone(1).hasFailed(0).results().containsExactly(1);
  }

  @Test
  void aTaskThatWaitsForAnotherHasItRunFirst(ManualPools pools) {
    Task<Integer> task = pools.pool("io").submit(() -> pools.pool("io").submit(() -> 7).join() + 1);
    pools.runAll();
    assertThat(task).hasResult(8);
  }

  @Test
  void anotherThreadWaits(ManualPools pools) throws Exception {
    Task<Integer> task = pools.pool("io").submit(() -> 7);
    FutureTask<Integer> wait = new FutureTask<>(task::join);
    Thread other = new Thread(wait);
    other.start();
    pools.runAll();
    assertThat(wait.get()).isEqualTo(7);
    other.join();
  }

  @Test
  void whatGoesOnElsewhereIsWaitedFor(ManualPools pools) throws InterruptedException {
    CompletableFuture<Integer> elsewhere = new CompletableFuture<>();
    Thread other = new Thread(() -> elsewhere.complete(7));
    Task<Integer> task =
        pools.pool("io").submit(() -> 1).thenCombine(elsewhere, (one, seven) -> one + seven);
    pools.runAll();
    other.start();
    assertThat(task.join()).isEqualTo(8);
    other.join();
  }

  @Test
  void timePassesWhenTheTestSaysSo(ManualPools pools) {
    Task<String> first = pools.pool("io").submit(() -> "late");
    Task<String> second = pools.pool("io").submit(() -> "late");
    CompletableFuture<String> replaced = first.completeOnTimeout("in time", 1, TimeUnit.HOURS);
    CompletableFuture<String> failed = second.orTimeout(2, TimeUnit.HOURS);
    pools.advance(Duration.ofMinutes(59));
    assertThat(first).isQueued();
    pools.advance(Duration.ofMinutes(1));
    assertThat(replaced).isCompletedWithValue("in time");
    assertThat(second).isQueued();
    pools.advance(Duration.ofDays(1));
    assertThat(second).hasFailed().isInstanceOf(TimeoutException.class);
    assertThat(failed).isCompletedExceptionally();
    assertThat(pools.elapsed()).isEqualTo(Duration.ofHours(25));
    assertThat(pools.queued()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pools.advance(Duration.ofNanos(-1)))
        .withMessage("duration is PT-0.000000001S; must be zero or more");
  }

  @Test
  void aLimitStopsARunThatTakesTooLong(ManualPools pools) {
    Crawler slow =
        new Crawler() {
          @Override
          String get(String url) {
            pools.advance(Duration.ofSeconds(6));
            return super.get(url);
          }
        };
    Task<String> page = new AsyncCrawler(slow, pools).get("a");
    pools.runAll();
    assertThat(page).hasFailed().isInstanceOf(TaskTimeoutException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void aBatchHasItsOwnLimit(ManualPools pools) {
    Batch<Integer> batch =
        pools.pool("io").map(x -> x, List.of(1, 2), MapOption.timeout(Duration.ofMinutes(1)));
    pools.advance(Duration.ofMinutes(1));
    assertThatExceptionOfType(WaitTimeoutException.class).isThrownBy(batch.iterator()::next);
    assertThat(pools.queued()).isEmpty();
  }

  @Test
  void tasksThatSubmitTasksForEverEndTheTest(ManualPools pools) {
    pools.pool("io").execute(new Endless(pools));
    assertThatIllegalStateException()
        .isThrownBy(pools::runAll)
        .withMessageStartingWith("runAll() ran a million steps, and more are queued: ");
    pools.shutdownNow();
  }

  private record Endless(ManualPools pools) implements Runnable {
    @Override
    public void run() {
      pools.pool("io").execute(this);
    }
  }

  @Test
  void closeRunsWhatIsQueued() {
    ManualPools pools = ManualPools.create();
    Task<Integer> task = pools.pool("io").submit(() -> 7);
    pools.close();
    assertThat(task).hasResult(7);
  }
}
