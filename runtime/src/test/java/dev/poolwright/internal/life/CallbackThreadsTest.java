package dev.poolwright.internal.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.internal.LogLines;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class CallbackThreadsTest {

  private volatile boolean isLacking;
  private final AtomicInteger pendingAtHold = new AtomicInteger(-1);
  private final Life life =
      new Life(
          failure -> {}, ExitPlan.DEFAULT, ClassLoader.getSystemClassLoader(), this::start, null);
  private final CallbackThreads threads = life.callbackThreads();
  private final CountDownLatch release = new CountDownLatch(1);
  private final BlockingQueue<String> ran = new LinkedBlockingQueue<>();

  private void start(Thread thread) {
    if (thread.getName().equals("poolwright-keeper")) {
      pendingAtHold.set(life.callbackThreads().pending());
    }
    if (isLacking && thread.getName().startsWith("poolwright-callback")) {
      throw new OutOfMemoryError("no thread");
    }
    thread.start();
  }

  @AfterEach
  void end() throws InterruptedException {
    release.countDown();
    life.shutdown();
    assertThat(life.awaitTermination(Long.MAX_VALUE)).isTrue();
  }

  private void block() {
    ran.add(Thread.currentThread().getName());
    try {
      release.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void blockAll(int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      threads.execute(this::block);
    }
    for (int i = 0; i < count; i++) {
      String unused = ran.take();
    }
  }

  @Test
  void anActionRunsOnAThreadOfItsOwn() throws Exception {
    threads.execute(() -> ran.add(Thread.currentThread().getName()));

    assertThat(ran.take()).isEqualTo("poolwright-callback-1");
  }

  @Test
  void anActionThatBlocksHoldsNoOtherUp() throws Exception {
    blockAll(1);

    threads.execute(() -> ran.add("other"));

    assertThat(ran.take()).isEqualTo("other");
  }

  /** Whoever took it before would let go of what is not held, and end pools that are in use. */
  @Test
  void anActionIsHeldBeforeAnybodyCanTakeIt() throws Exception {
    threads.execute(() -> ran.add("ran"));

    assertThat(ran.take()).isEqualTo("ran");
    assertThat(pendingAtHold).hasValue(0);
  }

  @Test
  void anActionThatThrowsEndsNothing() throws Exception {
    LogLines lines = new LogLines();
    try {
      threads.execute(
          () -> {
            throw new IllegalStateException("no");
          });
      threads.execute(() -> ran.add("next"));

      assertThat(ran.take()).isEqualTo("next");
    } finally {
      lines.close();
    }
  }

  @Test
  void noMoreThanSixtyFourRunAtOnce() throws Exception {
    blockAll(CallbackThreads.MOST);
    assertThat(threads.isSaturated()).isTrue();

    threads.execute(() -> ran.add("late"));

    assertThat(threads.pending()).isEqualTo(CallbackThreads.MOST + 1);
    assertThat(ran).isEmpty();
    release.countDown();
    assertThat(ran.take()).isEqualTo("late");
  }

  @Test
  void aThreadThatWaitsForATaskMakesRoom() throws Exception {
    blockAll(CallbackThreads.MOST);
    threads.execute(() -> ran.add("waits for room"));

    threads.lend();

    assertThat(ran.take()).isEqualTo("waits for room");
    threads.giveBack();
  }

  @Test
  void withoutAnyThreadTheCallerRunsIt() {
    isLacking = true;
    List<Thread> by = new ArrayList<>();

    threads.execute(() -> by.add(Thread.currentThread()));

    assertThat(by).containsExactly(Thread.currentThread());
    assertThat(threads.pending()).isZero();
  }

  @Test
  void whatComesAfterTheCloseStillRuns() throws Exception {
    threads.close();
    FutureTask<Integer> late = new FutureTask<>(() -> 7);

    threads.execute(late);

    assertThat(late.get()).isEqualTo(7);
  }
}
