package dev.poolwright.internal.life;

import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.internal.LogLines;
import dev.poolwright.internal.time.Clock;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class DeadlinesTest {

  private final AtomicLong passed = new AtomicLong();

  /** Stands until the test lets it go on, and then has time enough. */
  private final Clock clock =
      Clock.of(
          new Clock.Source() {
            @Override
            public long now() {
              return passed.get();
            }

            @Override
            public void park(Object awaited, long nanos) {
              throw new AssertionError("the watcher awaits its condition");
            }
          });

  private Deadlines deadlines = new Deadlines(Thread::start, null, Clock.SYSTEM);
  private final BlockingQueue<String> fired = new LinkedBlockingQueue<>();

  @AfterEach
  void close() throws InterruptedException {
    assertThat(deadlines.close(SECONDS.toNanos(10))).isTrue();

    assertThat(watchers()).isEmpty();
  }

  @Test
  void firesByTimeAndNotInTheOrderOfTheCalls() throws InterruptedException {
    deadlines = new Deadlines(Thread::start, null, clock);
    after(60, "third");
    after(20, "first");
    after(40, "second");
    passed.set(SECONDS.toNanos(1));

    assertThat(List.of(fired.take(), fired.take(), fired.take()))
        .containsExactly("first", "second", "third");
  }

  @Test
  void anEarlierOneGoesBeforeOneThatIsAwaited() throws InterruptedException {
    Deadlines.Deadline far = deadlines.after(HOURS.toNanos(1), () -> fired.add("far"));
    after(1, "near");

    assertThat(fired.take()).isEqualTo("near");
    assertThat(far.remainingNanos()).isPositive();
  }

  @Test
  void aCancelledOneNeverFires() throws InterruptedException {
    deadlines = new Deadlines(Thread::start, null, clock);
    Deadlines.Deadline cancelled = deadlines.after(MILLISECONDS.toNanos(20), () -> fired.add("no"));
    cancelled.cancel();
    cancelled.cancel();
    after(40, "yes");
    passed.set(SECONDS.toNanos(1));

    assertThat(fired.take()).isEqualTo("yes");
  }

  @Test
  void anInterruptLosesNothing() throws InterruptedException {
    CountDownLatch isRunning = new CountDownLatch(1);
    deadlines.after(0, isRunning::countDown);
    after(60, "kept");
    isRunning.await();
    watchers().forEach(Thread::interrupt);

    assertThat(fired.take()).isEqualTo("kept");
  }

  @Test
  void anActionThatThrowsIsTriedAgainAndDoesNotDisturbTheNext() throws InterruptedException {
    AtomicInteger tries = new AtomicInteger();
    CountDownLatch isNextThere = new CountDownLatch(1);
    try (LogLines log = new LogLines()) {
      deadlines.after(
          0,
          () -> {
            await(isNextThere);
            if (tries.incrementAndGet() < 3) {
              throw new OutOfMemoryError("an action of a test fails on purpose");
            }
            fired.add("at last");
          });
      after(1, "next");
      isNextThere.countDown();

      assertThat(fired.take()).isEqualTo("next");
      assertThat(fired.take()).isEqualTo("at last");
      assertThat(log.lines()).hasSize(2);
    }
  }

  @Test
  void closeDropsWhatIsScheduled() throws InterruptedException {
    deadlines.after(HOURS.toNanos(1), () -> fired.add("never"));

    assertThat(deadlines.close(SECONDS.toNanos(10))).isTrue();
    assertThat(watchers()).isEmpty();
    assertThat(fired).isEmpty();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void after(long millis, String name) {
    deadlines.after(MILLISECONDS.toNanos(millis), () -> fired.add(name));
  }

  private static List<Thread> watchers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("poolwright-deadlines"))
        .toList();
  }
}
