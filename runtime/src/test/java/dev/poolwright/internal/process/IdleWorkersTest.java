package dev.poolwright.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.internal.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class IdleWorkersTest {
  private static final class Taker extends Thread {
    final CompletableFuture<Boolean> hasOne = new CompletableFuture<>();
    private final IdleWorkers idle;

    Taker(IdleWorkers idle) {
      this.idle = idle;
    }

    @Override
    public void run() {
      hasOne.complete(idle.take(null, true, 0, () -> true) != null);
    }

    void awaitWaiting() {
      while (getState() != State.WAITING) {
        LockSupport.parkNanos(100_000);
      }
    }
  }

  private static Taker waiting(IdleWorkers idle) {
    Taker taker = new Taker(idle);
    taker.start();
    taker.awaitWaiting();
    return taker;
  }

  @Test
  @DisplayName("each start ahead of need has one who waits for it, and the next starts his own")
  void waitsForOneEach() throws InterruptedException, ExecutionException {
    IdleWorkers idle = new IdleWorkers(Clock.SYSTEM);
    assertThat(idle.take(null, true, 0, () -> true)).isNull();
    idle.expect(2);
    Taker first = waiting(idle);
    Taker second = waiting(idle);
    assertThat(idle.take(null, true, 0, () -> true)).isNull();
    idle.expect(-1); // One of the two failed.
    Object done = CompletableFuture.anyOf(first.hasOne, second.hasOne).get();
    assertThat(done).isEqualTo(false);
    Taker left = first.hasOne.isDone() ? second : first;
    left.awaitWaiting();
    assertThat(left.hasOne).isNotDone();
    idle.expect(-1);
    assertThat(left.hasOne.get()).isFalse();
    first.join();
    second.join();
  }
}
