package dev.poolwright.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.poolwright.Pool;
import dev.poolwright.Task;
import dev.poolwright.TaskStatus;
import dev.poolwright.TaskTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A run that is longer than its limit is stopped, and its task fails at once. */
abstract class TimeoutContract extends PoolContract {

  @Test
  @Tag("scenario-145")
  @Tag("scenario-157")
  @DisplayName("a run longer than its limit is stopped; the text says whose limit it was")
  void stopsTheRun() throws Exception {
    Gate gate = gate();
    int port = gate.port();
    Pool pool = io(Shape.of("io", 1).timeout(limit()));
    assertThat(pool.submit(() -> 7).join())
        .isEqualTo(7); // The first lambda costs a fresh JVM time.
    Task<String> task = pool.submit(() -> Gate.stop(port));
    Gate.Visitor visitor = gate.next();
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(task::get)
        .withCauseInstanceOf(TaskTimeoutException.class)
        .havingCause()
        .withMessage(task.name() + " ran longer than " + limit() + ", the limit of pool \"io\"");
    visitor.awaitGone();
    assertThat(task.status()).isEqualTo(TaskStatus.FAILED);
    assertThat(pool.stats().failed()).isEqualTo(1);
    assertThat(pool.submit(() -> 7).join()).isEqualTo(7);
  }

  @Test
  void countsFromTheStartOfTheRun() throws Exception {
    Gate gate = gate();
    int port = gate.port();
    Pool pool = io(Shape.of("io", 1).timeout(limit()));
    Task<String> first = pool.submit(() -> Gate.stop(port));
    Task<Integer> queued = pool.submit(() -> 7);
    awaitDone(first);
    assertThat(first.exceptionNow()).isInstanceOf(TaskTimeoutException.class);
    assertThat(queued.join()).isEqualTo(7);
  }

  @Test
  void leavesTasksInTimeAlone() throws Exception {
    Pool pool = io(Shape.of("io", 2).timeout(Duration.ofSeconds(30)));
    for (int i = 0; i < 20; i++) {
      assertThat(pool.submit(() -> 7).join()).isEqualTo(7);
    }
    assertThat(pool.stats().failed()).isZero();
  }
}
