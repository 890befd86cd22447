package dev.poolwright.internal.life;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.internal.LeavesNothingBehind;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The keeper keeps the JVM up while there is something to do, and a little longer. */
@ExtendWith(LeavesNothingBehind.class)
@Timeout(60)
final class ActivityTest {

  private final Queue<Thread> keepers = new ConcurrentLinkedQueue<>();
  private final AtomicInteger idle = new AtomicInteger();
  private final Activity activity = new Activity(idle::incrementAndGet, this::start);

  private void start(Thread keeper) {
    keepers.add(keeper);
    keeper.start();
  }

  @AfterEach
  void end() throws InterruptedException {
    assertThat(activity.close(SECONDS.toNanos(10))).isTrue();
  }

  private Thread keeper() {
    assertThat(keepers).hasSize(1);
    return keepers.element();
  }

  @Test
  @Tag("scenario-216")
  @DisplayName("the keeper is no daemon, and lingers 200 to 500 ms")
  void lingers() throws Exception {
    activity.hold();
    assertThat(keeper().isDaemon()).isFalse();
    long end = System.nanoTime();
    activity.release();
    keeper().join();
    long lingered = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - end);
    assertThat(lingered).isGreaterThanOrEqualTo(200);
    assertThat(idle).hasValue(1);
    assertThat(activity.isIdle()).isTrue();
  }

  @Test
  void staysWhileSomethingIsToDo() throws Exception {
    activity.hold();
    activity.hold();
    activity.release();
    keeper().join(700);
    assertThat(keeper().isAlive()).isTrue();
    activity.release();
    keeper().join();
    assertThat(idle).hasValue(1);
  }

  @Test
  void oneKeeperDoesForManyCalls() {
    long start = System.nanoTime();
    for (int i = 0; i < 10_000; i++) {
      activity.hold();
      activity.release();
    }
    long looks = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) / 200;
    assertThat(keepers).hasSizeLessThanOrEqualTo(1 + (int) looks);
    assertThat(idle).hasValue(10_000);
  }

  @Test
  void comesBackForTheNextCall() throws Exception {
    activity.hold();
    activity.release();
    keeper().join();
    activity.hold();
    assertThat(keepers).hasSize(2);
    activity.release();
  }

  @Test
  void closeEndsItAtOnce() throws Exception {
    activity.hold();
    activity.release();
    assertThat(activity.close(SECONDS.toNanos(10))).isTrue();
    assertThat(keeper().isAlive()).isFalse();
  }
}
