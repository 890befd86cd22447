package dev.poolwright.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Times saturate. */
final class NanosTest {

  @Test
  void lengthsAreZeroToHalfTheRange() {
    assertThat(Nanos.of(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Nanos.MOST);
    assertThat(Nanos.of(Duration.ofNanos(Long.MAX_VALUE))).isEqualTo(Nanos.MOST);
    assertThat(Nanos.of(Duration.ofSeconds(Long.MIN_VALUE))).isZero();
    assertThat(Nanos.of(Duration.ofNanos(-1))).isZero();
    assertThat(Nanos.of(Duration.ofMillis(3))).isEqualTo(3_000_000);
    assertThat(Nanos.of(Long.MAX_VALUE, TimeUnit.DAYS)).isEqualTo(Nanos.MOST);
    assertThat(Nanos.of(Long.MIN_VALUE, TimeUnit.NANOSECONDS)).isZero();
    assertThat(Nanos.of(3, TimeUnit.MILLISECONDS)).isEqualTo(3_000_000);
  }

  @Test
  void millisecondsOfSomethingAreSomething() {
    assertThat(Nanos.millis(Duration.ZERO)).isZero();
    assertThat(Nanos.millis(Duration.ofNanos(1))).isEqualTo(1);
    assertThat(Nanos.millis(Duration.ofMillis(3))).isEqualTo(3);
    assertThat(Nanos.millis(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Nanos.MOST / 1_000_000);
    assertThat(Nanos.millis(Duration.ofSeconds(Long.MIN_VALUE))).isZero();
  }

  @Test
  void differencesOfDeadlinesNeverOverflow() {
    long far = Nanos.deadline(Long.MAX_VALUE);
    long near = Nanos.deadline(Long.MIN_VALUE);
    assertThat(far - near).isPositive();
    assertThat(near - far).isNegative();
    assertThat(Nanos.left(far)).isPositive();
    assertThat(Nanos.left(near)).isNotPositive();
  }
}
