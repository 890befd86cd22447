package dev.poolwright.internal.crew;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.annotation.SaturationPolicy;
import dev.poolwright.internal.FakeHome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The books of workers alone: no thread runs. */
@Timeout(30)
final class RosterTest {

  private final List<Thread> started = new ArrayList<>();
  private final FakeHome home = new FakeHome(started::add);
  private final Crew crew =
      new Crew(home, home.life(), new CrewLimits(3, 10, SaturationPolicy.REJECT, 1, false, 256));
  private final Roster roster = new Roster();

  @AfterEach
  void end() throws InterruptedException {
    home.close();
  }

  private Worker start() {
    assertThat(roster.start(crew)).isTrue();
    Thread last = started.get(started.size() - 1);
    return roster.toList().stream().filter(worker -> worker.thread() == last).findAny().get();
  }

  @Test
  void workersAreNumberedFromOne() {
    assertThat(start().thread().getName()).isEqualTo("fake-1");
    assertThat(start().thread().getName()).isEqualTo("fake-2");
    assertThat(roster.count()).isEqualTo(2);
    assertThat(roster.active()).isEqualTo(2);
  }

  @Test
  void theLowestFreeNumberIsUsedAgain() {
    Worker first = start();
    Worker unused = start();

    roster.leave(first);

    assertThat(start().thread().getName()).isEqualTo("fake-1");
    assertThat(roster.started()).isEqualTo(3);
  }

  @Test
  void theOneThatWentIdleLastIsWokenFirst() {
    Worker first = start();
    Worker second = start();
    roster.goIdle(first);
    roster.goIdle(second);

    assertThat(roster.active()).isZero();
    assertThat(roster.wake()).isTrue();
    assertThat(second.isIdle).isFalse();
    assertThat(first.isIdle).isTrue();
    assertThat(roster.wake()).isTrue();
    assertThat(roster.wake()).isFalse();
    assertThat(roster.active()).isEqualTo(2);
  }

  @Test
  void whoIsStartedOrWokenIsComingUntilItLooks() {
    Worker first = start();
    Worker second = start();
    assertThat(roster.coming()).isEqualTo(2);

    roster.arrived(first);
    roster.arrived(first);
    assertThat(roster.coming()).isEqualTo(1);

    roster.goIdle(first);
    assertThat(roster.wake()).isTrue();
    assertThat(roster.coming()).isEqualTo(2);

    roster.leave(second);
    assertThat(roster.coming()).isEqualTo(1);
  }

  @Test
  void oneLeavesFromTheMiddleOfTheStackOfIdleOnes() {
    Worker first = start();
    Worker second = start();
    Worker third = start();
    roster.goIdle(first);
    roster.goIdle(second);
    roster.goIdle(third);

    roster.stopIdling(second);

    assertThat(roster.busy()).containsExactly(second);
    roster.wakeAll();
    assertThat(roster.busy()).containsExactly(first, second, third);
  }

  @Test
  void thoseThatLeaveAreToBeJoinedOnce() {
    Worker first = start();

    roster.leave(first);

    assertThat(roster.count()).isZero();
    assertThat(roster.takeLeaving()).containsExactly(first.thread());
    assertThat(roster.takeLeaving()).isEmpty();
  }

  @Test
  void aThreadThatCannotBeHadLeavesNoTrace() throws InterruptedException {
    OutOfMemoryError lack = new OutOfMemoryError("no thread");
    try (FakeHome poor =
        new FakeHome(
            thread -> {
              throw lack;
            })) {
      Crew none =
          new Crew(poor, poor.life(), new CrewLimits(1, 1, SaturationPolicy.REJECT, 1, false, 256));

      assertThat(roster.start(none)).isFalse();
    }
    assertThat(roster.lack()).isSameAs(lack);
    assertThat(roster.count()).isZero();
    assertThat(roster.coming()).isZero();
    assertThat(start().thread().getName()).isEqualTo("fake-1");
    assertThat(roster.lack()).isNull();
  }
}
