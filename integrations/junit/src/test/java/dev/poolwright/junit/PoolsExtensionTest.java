package dev.poolwright.junit;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import com.google.errorprone.annotations.DoNotCall;
import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.TaskSerializationException;
import dev.poolwright.TaskStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** What the extension gives to tests, and which of them it fails. */
@Timeout(60)
final class PoolsExtensionTest {

  private static Events run(Class<?> tests) {
    return EngineTestKit.engine("junit-jupiter")
        .configurationParameter("junit.jupiter.conditions.deactivate", "*")
        .selectors(selectClass(tests))
        .execute()
        .testEvents();
  }

  private static Throwable onlyFailure(Events events) {
    events.assertStatistics(stats -> stats.started(1).failed(1));
    return events
        .failed()
        .map(event -> event.getRequiredPayload(TestExecutionResult.class))
        .toList()
        .get(0)
        .getThrowable()
        .orElseThrow();
  }

  /** Not found by a build: its name does not end in Test. */
  @ExtendWith(PoolsExtension.class)
  static final class Good {
    private Pools before;

    @BeforeEach
    void before(Pools pools) {
      before = pools;
    }

    @Test
    void givesDirectPools(Pools pools) {
      assertThat(pools).isSameAs(before);
      assertThat(new AsyncCrawler(new Crawler(), pools).get("a").status())
          .isEqualTo(TaskStatus.SUCCEEDED);
    }

    @Test
    void givesManualPools(ManualPools pools) {
      Task<String> page = new AsyncCrawler(new Crawler(), pools).get("a");
      pools.runAll();
      assertThat(page.status()).isEqualTo(TaskStatus.SUCCEEDED);
    }

    @Test
    void argumentsOfProcessesAreCopied(Pools pools) {
      Map<String, Object> values = new HashMap<>();
      assertThat(new AsyncCrawler(new Crawler(), pools).count(values).join()).isEqualTo(1);
      assertThat(values).isEmpty();
    }

    @Test
    void argumentsOfProcessesAreChecked(Pools pools) {
      Map<String, Object> values = Map.of("thread", Thread.currentThread());
      assertThat(new AsyncCrawler(new Crawler(), pools).count(values).exceptionNow())
          .isInstanceOf(TaskSerializationException.class);
    }
  }

  @Test
  void givesDirectAndManualPools() {
    run(Good.class).assertStatistics(stats -> stats.started(4).succeeded(4));
  }

  static final class Real {
    @RegisterExtension
    final PoolsExtension pools = PoolsExtension.real(builder -> builder.exitGrace(ofSeconds(1)));

    @Test
    void runsOnThreadsAndProcesses(Pools pools) {
      AsyncCrawler crawler = new AsyncCrawler(new Crawler(), pools);
      assertThat(crawler.get("a").join()).isEqualTo("page of a");
      assertThat(crawler.count(new HashMap<>()).join()).isEqualTo(1);
    }
  }

  @Test
  void givesThePoolsOfTheApplication() {
    run(Real.class).assertStatistics(stats -> stats.started(1).succeeded(1));
  }

  @ExtendWith(PoolsExtension.class)
  static final class NotRun {
    @Test
    void leavesATask(ManualPools pools) {
      Task<String> unused = new AsyncCrawler(new Crawler(), pools).get("a");
    }
  }

  @Test
  void failsATestThatLeavesATaskQueued() {
    run(NotRun.class)
        .assertThatEvents()
        .haveExactly(1, finishedWithFailure(message("not run: Crawler.get(String) (pool \"io\")")));
  }

  @ExtendWith(PoolsExtension.class)
  static final class Unobserved {
    @Test
    void failsUnseen(Pools pools) {
      pools
          .pool("io")
          .execute(
              () -> {
                throw new IllegalStateException("out of paper");
              });
    }
  }

  @Test
  void failsATestThatDoesNotLookAtAFailure() {
    Throwable failure = onlyFailure(run(Unobserved.class));
    assertThat(failure)
        .hasMessageStartingWith("nobody looked at the failure of io.submit(")
        .hasMessageEndingWith("java.lang.IllegalStateException: out of paper");
    assertThat(failure.getSuppressed()).hasSize(1);
  }

  static final class Stuck {
    private static CountDownLatch release;

    @RegisterExtension final PoolsExtension extension = PoolsExtension.real(builder -> {});

    @BeforeAll
    static void begin() {
      release = new CountDownLatch(1);
    }

    @AfterEach
    void end() {
      // The task is interrupted by the extension, and so does not outlive the test.
    }

    @Test
    void leavesATaskRunning(Pools pools) throws InterruptedException {
      CountDownLatch begun = new CountDownLatch(1);
      Pool pool = pools.pool("io");
      Task<Integer> unused =
          pool.submit(
              () -> {
                begun.countDown();
                release.await();
                return 7;
              });
      begun.await();
    }
  }

  @Test
  void failsATestThatLeavesATaskRunning() {
    assertThat(onlyFailure(run(Stuck.class)))
        .hasMessageContaining("still running: 1 tasks of pool \"io\"");
  }

  @ExtendWith(PoolsExtension.class)
  static final class NotClosed {
    private static Pools own;

    @Test
    void makesPoolsItself() {
      own = Pools.builder().build();
      assertThat(own.pool("io").submit(() -> 7).join()).isEqualTo(7);
    }
  }

  @Test
  void failsATestThatLeavesPoolsOfItsOwn() {
    Throwable failure = onlyFailure(run(NotClosed.class));
    NotClosed.own.close();
    assertThat(failure).hasMessageContaining("left behind: thread io-1");
  }

  @ExtendWith(PoolsExtension.class)
  static final class Early {
    @BeforeAll
    @DoNotCall("Always throws AssertionError")
    static void before(Pools pools) {
      throw new AssertionError("not reached: " + pools);
    }

    @Test
    void isNotReached() {}
  }

  @Test
  void hasNoPoolsForAWholeClass() {
    EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(Early.class))
        .execute()
        .containerEvents()
        .assertThatEvents()
        .haveExactly(
            1,
            finishedWithFailure(
                message(text -> text.contains("use @BeforeEach in the place of @BeforeAll"))));
  }

  @Test
  void assertionsSayWhatIsSo() {
    Task<Integer> failed = Task.failed(new IllegalStateException("out of paper"));
    List<Runnable> wrong =
        List.of(
            () -> PoolwrightAssertions.assertThat(failed).hasSucceeded(),
            () -> PoolwrightAssertions.assertThat(Task.completed(7)).hasResult(8),
            () -> PoolwrightAssertions.assertThat(Task.completed(7)).hasName("other"),
            () -> PoolwrightAssertions.assertThat(Task.completed(7)).hasFailed());
    assertThat(wrong.stream().map(PoolsExtensionTest::messageOf))
        .containsExactly(
            "Expected failed to be SUCCEEDED, but it is FAILED",
            "Expected completed to have the result 8, but it has 7",
            "Expected the name other, but it is completed",
            "Expected completed to be FAILED, but it is SUCCEEDED");
    PoolwrightAssertions.assertThat(failed).hasFailed().hasMessage("out of paper");
  }

  private static String messageOf(Runnable assertion) {
    try {
      assertion.run();
      return "nothing";
    } catch (AssertionError e) {
      return e.getMessage().lines().filter(line -> !line.isBlank()).findFirst().orElse("");
    }
  }
}
