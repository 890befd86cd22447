package dev.poolwright.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.Pool;
import dev.poolwright.PoolListener;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.TaskEvent;
import dev.poolwright.ThreadPoolConfig;
import dev.poolwright.Time;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

/**
 * A task that is cancelled while a worker is about to begin it: it never began, and a listener that
 * hears of its end must not see otherwise.
 */
@Timeout(60)
final class CancelledAtItsStartTest {

  private static final long TARGET = 2;
  private static final long NEXT = 3;

  private final CountDownLatch isAboutToBegin = new CountDownLatch(1);
  private final CountDownLatch isTold = new CountDownLatch(1);
  private volatile boolean isArmed;
  private volatile boolean isPassed;
  private volatile String seen = "";

  /** The system's time, which holds up the worker that reads it for the target's begin. */
  private final class Holding implements Time {
    @Override
    public long now() {
      if (isArmed && Thread.currentThread().getName().equals("io-1")) {
        isArmed = false;
        isAboutToBegin.countDown();
        await(isTold);
      }
      return System.nanoTime();
    }

    @Override
    public void park(Object awaited, long nanos) {
      LockSupport.parkNanos(awaited, Math.min(nanos, TimeUnit.MILLISECONDS.toNanos(1)));
    }

    @Override
    public Runnable schedule(long nanos, Runnable action) {
      return () -> {};
    }
  }

  private final class Watching implements PoolListener {
    @Override
    public void runEnded(TaskEvent event) {
      isArmed = event.number() < TARGET;
    }

    @Override
    public void taskStarted(TaskEvent event) {
      isPassed = event.number() == NEXT;
    }

    @Override
    public void taskEnded(TaskEvent event) {
      if (event.number() != TARGET) {
        return;
      }
      isTold.countDown();
      while (!isPassed) {
        if (event.startedNanos() != 0 || event.waited().isNegative() || event.ran().isNegative()) {
          seen = event.startedNanos() + ", waited " + event.waited() + ", ran " + event.ran();
        }
      }
    }
  }

  @RepeatedTest(20)
  void noStartIsSeen() throws Exception {
    Pools.Builder builder = Pools.builder().time(new Holding()).listener(new Watching());
    try (Pools pools = builder.pool(ThreadPoolConfig.named("io").maxWorkers(1)).build()) {
      Pool pool = pools.pool("io");
      CountDownLatch areQueued = new CountDownLatch(1);
      Task<?> first = pool.submit(() -> await(areQueued));
      Task<Integer> target = pool.submit(() -> 2);
      Task<Integer> next = pool.submit(() -> 3);
      areQueued.countDown();
      await(isAboutToBegin);
      assertThat(target.cancel(true)).isTrue();
      assertThat(next.get()).isEqualTo(3);
      assertThat(first.isDone()).isTrue();
      assertThat(seen).isEmpty();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
