package dev.poolwright.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.internal.cluster.Admissions.Verdict;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a node takes. */
@Timeout(30)
class AdmissionsTest {
  private final Admissions admissions = new Admissions(Map.of("render", 2, "mail", 1));
  private long delivery;
  private long now = 1;

  private Verdict take(String caller) {
    return admissions.take("render", caller, ++delivery, false, now);
  }

  private Verdict takeLimited(String caller) {
    return admissions.take("render", caller, ++delivery, true, now);
  }

  @Test
  void takesTwiceItsPlaces() {
    assertThat(Collections.nCopies(5, "a"))
        .extracting(this::take)
        .containsExactly(Verdict.TAKEN, Verdict.TAKEN, Verdict.TAKEN, Verdict.TAKEN, Verdict.BUSY);

    admissions.done("render", "a");

    assertThat(take("a")).isEqualTo(Verdict.TAKEN);
  }

  @Test
  void aCallWithALimitDoesNotWaitForAPlace() {
    assertThat(Collections.nCopies(3, "a"))
        .extracting(this::takeLimited)
        .containsExactly(Verdict.TAKEN, Verdict.TAKEN, Verdict.BUSY);
    assertThat(take("a")).isEqualTo(Verdict.TAKEN);
  }

  @Test
  void eachCallerGetsItsShare() {
    assertThat(take("greedy")).isEqualTo(Verdict.TAKEN);
    assertThat(take("greedy")).isEqualTo(Verdict.TAKEN);
    assertThat(take("late")).isEqualTo(Verdict.TAKEN);

    assertThat(take("greedy")).as("half of four").isEqualTo(Verdict.BUSY);
    assertThat(take("late")).isEqualTo(Verdict.TAKEN);
  }

  @Test
  void aCallerWhoWasRefusedKeepsItsShareForAMoment() {
    for (int i = 0; i < 4; i++) {
      assertThat(take("greedy")).isEqualTo(Verdict.TAKEN);
    }
    assertThat(take("late")).isEqualTo(Verdict.BUSY);

    admissions.done("render", "greedy");
    assertThat(take("greedy")).as("the place is for the other").isEqualTo(Verdict.BUSY);
    assertThat(take("late")).isEqualTo(Verdict.TAKEN);

    admissions.done("render", "late");
    now += TimeUnit.SECONDS.toNanos(1);
    assertThat(take("greedy")).as("the other did not come again").isEqualTo(Verdict.TAKEN);
  }

  @Test
  void nothingStaysOfACallerWhoLeftBeforeItsCallWasDone() {
    assertThat(take("gone")).isEqualTo(Verdict.TAKEN);
    admissions.left("gone");
    admissions.done("render", "gone");

    assertThat(Collections.nCopies(4, "other")).extracting(this::take).containsOnly(Verdict.TAKEN);
  }

  @Test
  void anotherPoolHasPlacesOfItsOwn() {
    for (int i = 0; i < 4; i++) {
      assertThat(take("a")).isEqualTo(Verdict.TAKEN);
    }

    assertThat(admissions.take("mail", "a", ++delivery, false, now)).isEqualTo(Verdict.TAKEN);
    assertThat(admissions.take("none", "a", ++delivery, false, now)).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void refusesASecondDeliveryOfOneAttempt() {
    assertThat(admissions.take("render", "a", 7, false, now)).isEqualTo(Verdict.TAKEN);

    assertThat(admissions.take("render", "a", 7, false, now)).isEqualTo(Verdict.REPEATED);
    assertThat(admissions.take("render", "b", 7, false, now)).isEqualTo(Verdict.TAKEN);
    assertThat(admissions.take("render", "a", 6, false, now)).isNotEqualTo(Verdict.REPEATED);
  }

  @Test
  void refusesWhatIsTooOldToBeRemembered() {
    admissions.take("render", "a", 1_000_000, false, now);

    assertThat(admissions.take("render", "a", 900_000, false, now)).isEqualTo(Verdict.REPEATED);
    assertThat(admissions.take("render", "a", 999_999, false, now)).isNotEqualTo(Verdict.REPEATED);
  }

  @Test
  void takesNothingWhenItLeavesAndWaitsForWhatItHas() throws InterruptedException {
    assertThat(take("a")).isEqualTo(Verdict.TAKEN);

    admissions.refuse();

    assertThat(take("a")).isEqualTo(Verdict.LEAVING);
    Thread ends = new Thread(() -> admissions.done("render", "a"), "ends");
    ends.start();
    admissions.awaitNone();
    ends.join();
  }
}
