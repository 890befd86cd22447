package dev.poolwright.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.poolwright.BrokenPoolException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BreakerTest {
  private final Breaker breaker = new Breaker("cpu", 1);

  private void startFails(int times, int living) {
    for (int i = 0; i < times; i++) {
      breaker.startFailed(new IllegalStateException("full"), System.nanoTime(), living);
    }
  }

  private void crashes() {
    for (int i = 0; i < 16; i++) {
      breaker.crashed(new IllegalStateException("dead"));
    }
  }

  private BrokenPoolException broken() {
    return catchThrowableOfType(BrokenPoolException.class, breaker::check);
  }

  @Test
  void aPoolThatNeverStartedIsBrokenForGoodAfterThreeFailures() {
    startFails(2, 0);
    breaker.check();
    startFails(1, 0);
    assertThat(broken())
        .hasMessage(
            "pool \"cpu\" is broken: 3 worker JVMs in a row could not be started, from its first"
                + " on; the last one: full")
        .hasRootCauseMessage("full")
        .returns(true, BrokenPoolException::isForGood);
  }

  @Test
  void aPoolThatHasStartedBeforeIsBrokenUntilAPauseIsOver() {
    breaker.started();
    startFails(3, 0);
    assertThat(broken())
        .hasMessageMatching(
            "pool \"cpu\" is broken, and tries again in PT(1|0\\.\\d+)S: 3 worker JVMs in a row"
                + " could not be started; the last one: full")
        .returns(false, BrokenPoolException::isForGood);
    while (broken() != null) {
      LockSupport.parkNanos(100_000);
    }
    assertThat(breaker.pauseNanos()).isNotPositive();
    startFails(1, 0); // Longer this time.
    assertThat(breaker.pauseNanos()).isGreaterThan(1_000_000_000L);
  }

  @Test
  void aPoolWithLivingWorkersIsNeverBrokenByStartsAndPausesLongerEachTime() {
    long before = System.nanoTime();
    startFails(1, 2);
    long pause = breaker.pauseNanos();
    assertThat(pause).isLessThanOrEqualTo(100_000_000L);
    assertThat(pause + System.nanoTime() - before).isGreaterThanOrEqualTo(100_000_000L);
    startFails(20, 2);
    assertThatCode(breaker::check).doesNotThrowAnyException();
    assertThat(breaker.pauseNanos()).isBetween(20_000_000_000L, 30_000_000_000L);
    breaker.lastGone();
    assertThat(breaker.pauseNanos()).isNotPositive();
  }

  @Test
  void startsThatFailSideBySideAreOneFailure() {
    long begunNanos = System.nanoTime();
    for (int i = 0; i < 10; i++) {
      breaker.startFailed(new IllegalStateException("full"), begunNanos, 0);
    }
    assertThatCode(breaker::check).doesNotThrowAnyException();
  }

  @Test
  void crashesWithoutASuccessBreakForGoodAndAfterOneForAWhile() {
    crashes();
    assertThat(broken()).isNotNull().returns(true, BrokenPoolException::isForGood);
    Breaker used = new Breaker("cpu", 1);
    used.succeeded();
    for (int i = 0; i < 16; i++) {
      used.check();
      used.crashed(new IllegalStateException("dead"));
    }
    assertThat(catchThrowableOfType(BrokenPoolException.class, used::check))
        .hasMessageContaining("tries again in")
        .hasMessageContaining("16 worker JVMs in a row crashed")
        .returns(false, BrokenPoolException::isForGood);
  }
}
