package dev.poolwright.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.internal.FakeHome;
import dev.poolwright.internal.task.HandWork;
import dev.poolwright.internal.task.Outcome;
import dev.poolwright.spi.Rows;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a batch feeds when, and what it hands out; the test is the pool, and runs the chunks. */
@Timeout(30)
final class FeedTest implements Feed.Listener {

  private final FakeHome home = new FakeHome();
  private final List<String> heard = new ArrayList<>();
  private @Nullable HandOut<Integer> handOut;

  @AfterEach
  void end() throws InterruptedException {
    home.close();
  }

  @Override
  public void elementEnded(ElementTask<?> element, Outcome outcome) {
    heard.add(outcome.name());
    if (handOut != null) {
      handOut.ended(element);
    }
  }

  @Override
  public void allEnded() {
    heard.add("all");
  }

  private Feed<Integer> feed(Iterable<Integer> numbers, int buffer) {
    return feed(numbers, 1, buffer);
  }

  private Feed<Integer> feed(Iterable<Integer> numbers, int chunkSize, int buffer) {
    BatchInputs<Integer> inputs =
        new BatchInputs<>(
            home,
            home.site(),
            null,
            Rows.of(numbers),
            row -> new HandWork.OfFunction<Integer, Integer>(number -> number * 10, row.next()));
    return new Feed<>(inputs, OptionalInt.of(chunkSize), OptionalInt.of(buffer), this);
  }

  private static List<Integer> upTo(int last) {
    return IntStream.rangeClosed(1, last).boxed().toList();
  }

  private HandOut<Integer> handOutOf(Feed<Integer> feed) {
    HandOut<Integer> hands = new HandOut<>(feed);
    handOut = hands;
    feed.start();
    return hands;
  }

  private void run(int chunk) {
    home.chunks.get(chunk).run();
  }

  private static int next(HandOut<Integer> hands, Feed<Integer> feed) {
    ElementTask<Integer> element = hands.takeFirst();
    assertThat(element).isNotNull();
    feed.handedOut(element);
    return element.join();
  }

  // ---- feeding

  @Test
  void aCollectionIsFedAsFarAsTheBufferHolds() {
    feed(upTo(5), 2).start();

    assertThat(home.chunks).hasSize(2);
    assertThat(home.told).containsExactly("admitted");
  }

  @Test
  void eachChunkThatIsOverFeedsTheNext() {
    feed(upTo(5), 2).start();

    run(0);

    assertThat(home.chunks).hasSize(3);
  }

  @Test
  void theBatchEndsOnceWithTheLastElement() {
    Feed<Integer> feed = feed(upTo(3), 2);
    feed.start();

    for (int i = 0; i < 3; i++) {
      run(i);
    }

    assertThat(heard).containsExactly("SUCCEEDED", "SUCCEEDED", "SUCCEEDED", "all");
    assertThat(feed.counts()).isEqualTo(new ElementCounts(3, 0));
    assertThat(home.told).contains("fed");
  }

  @Test
  void aBatchOfNothingHasEnded() {
    feed(List.of(), 2).start();

    assertThat(heard).containsExactly("all");
    assertThat(home.chunks).isEmpty();
  }

  @Test
  void aStopIsNotTakenForTheEndOfTheInputs() {
    Feed<Integer> feed = feed(() -> IntStream.iterate(1, i -> i + 1).iterator(), 2);
    HandOut<Integer> hands = handOutOf(feed);
    run(0);
    run(1);

    assertThat(feed.stop(new CancellationException("stopped"))).isTrue();

    assertThat(List.of(next(hands, feed), next(hands, feed))).containsExactly(10, 20);
    assertThatThrownBy(() -> next(hands, feed))
        .isInstanceOf(CancellationException.class)
        .hasMessage("stopped");
    assertThat(hands.awaitNext()).isFalse();
  }

  @Test
  void aStopOfInputsThatHaveEndedAddsNothing() {
    Feed<Integer> feed = feed(() -> upTo(2).iterator(), 3);
    HandOut<Integer> hands = handOutOf(feed);
    run(0);
    run(1);

    assertThat(feed.stop(new CancellationException("stopped"))).isTrue();

    assertThat(List.of(next(hands, feed), next(hands, feed))).containsExactly(10, 20);
    assertThat(hands.awaitNext()).isFalse();
  }

  @Test
  void aStopEndsTheTakingOfALot() {
    AtomicReference<Feed<Integer>> batch = new AtomicReference<>();
    Iterable<Integer> stopsAtThree =
        () ->
            IntStream.iterate(1, i -> i + 1)
                .peek(
                    i ->
                        assertThat(i != 3 || batch.get().stop(new CancellationException()))
                            .isTrue())
                .iterator();
    Feed<Integer> feed = feed(stopsAtThree, 10, 10);
    batch.set(feed);

    feed.start();

    assertThat(heard).containsExactly("CANCELLED", "CANCELLED", "CANCELLED", "all");
  }

  @Test
  void aStopWhileACollectionIsTakenLosesNone() {
    AtomicReference<Feed<Integer>> batch = new AtomicReference<>();
    BatchInputs<Integer> stopsAtTwo =
        new BatchInputs<>(
            home,
            home.site(),
            null,
            Rows.of(upTo(4)),
            row -> {
              Integer number = row.next();
              assertThat(number != 2 || batch.get().stop(new CancellationException())).isTrue();
              return new HandWork.OfFunction<Integer, Integer>(each -> each, number);
            });
    Feed<Integer> feed = new Feed<>(stopsAtTwo, OptionalInt.of(4), OptionalInt.of(4), this);
    batch.set(feed);

    feed.start();

    assertThat(heard).containsExactly("CANCELLED", "CANCELLED", "CANCELLED", "CANCELLED", "all");
  }

  @Test
  void aRefusalInTheCallEndsTheBatch() {
    Feed<Integer> feed = feed(upTo(3), 2);
    home.refuse();

    assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(feed::start);

    assertThat(heard).containsExactly("FAILED", "all");
    assertThat(feed.counts().done()).isEqualTo(3);
  }

  @Test
  void aRefusalLaterFailsTheElementAndCancelsTheRest() {
    Feed<Integer> feed = feed(upTo(4), 1);
    HandOut<Integer> hands = handOutOf(feed);
    home.refuse();

    run(0);

    assertThat(next(hands, feed)).isEqualTo(10);
    for (int i = 2; i <= 4; i++) {
      assertThatThrownBy(() -> next(hands, feed))
          .hasRootCauseInstanceOf(RejectedExecutionException.class);
    }
    assertThat(hands.takeFirst()).isNull();
  }

  @Test
  void theThreadThatIteratesFeedsAnIterator() {
    Iterable<Integer> endless = () -> IntStream.iterate(1, i -> i + 1).iterator();
    Feed<Integer> feed = feed(endless, 2);
    HandOut<Integer> hands = handOutOf(feed);
    assertThat(home.chunks).hasSize(2);
    run(0);
    assertThat(home.chunks).hasSize(2);

    assertThat(next(hands, feed)).isEqualTo(10);

    assertThat(home.chunks).hasSize(3);
    assertThat(feed.stop(new CancellationException("enough"))).isTrue();
  }

  @Test
  void whatWasHandedOutAndIsNotDoneStillCounts() {
    Iterable<Integer> endless = () -> IntStream.iterate(1, i -> i + 1).iterator();
    Feed<Integer> feed = feed(endless, 2);
    HandOut<Integer> hands = handOutOf(feed);

    ElementTask<Integer> first = hands.takeFirst();
    assertThat(first).isNotNull();
    feed.handedOut(first);
    assertThat(home.chunks).hasSize(2);
    run(0);
    assertThat(next(hands, feed, 1)).isEqualTo(20);

    assertThat(home.chunks).hasSize(4);
    assertThat(feed.stop(new CancellationException("enough"))).isTrue();
  }

  private int next(HandOut<Integer> hands, Feed<Integer> feed, int chunk) {
    run(chunk);
    return next(hands, feed);
  }

  @Test
  void whatTheInputsThrowComesAfterWhatCameBefore() {
    Iterable<Integer> broken =
        () ->
            new Iterator<>() {
              private int given;

              @Override
              public boolean hasNext() {
                return true;
              }

              @Override
              public Integer next() {
                if (++given > 2) {
                  throw new IllegalStateException("the inputs broke");
                }
                return given;
              }
            };
    Feed<Integer> feed = feed(broken, 2);
    HandOut<Integer> hands = handOutOf(feed);
    run(0);
    run(1);

    assertThat(next(hands, feed)).isEqualTo(10);
    assertThat(next(hands, feed)).isEqualTo(20);

    assertThat(hands.takeFirst()).isNull();
    assertThat(feed.takeInputFailure()).hasMessage("the inputs broke");
  }

  // ---- stop

  @Test
  void aStopEndsWhatWasFedAndFeedsNoMore() {
    Feed<Integer> feed = feed(upTo(5), 2);
    feed.start();

    assertThat(feed.stop(new CancellationException("stop"))).isTrue();
    assertThat(feed.stop(new CancellationException("again"))).isFalse();

    assertThat(heard).containsExactly("CANCELLED", "CANCELLED", "all");
    assertThat(feed.counts()).isEqualTo(new ElementCounts(5, 5));
    assertThat(feed.stoppedBy()).hasMessage("stop");
    assertThat(home.chunks).hasSize(2);
  }

  @Test
  void whatWasNeverFedIsHandedOutCancelled() {
    Feed<Integer> feed = feed(upTo(3), 1);
    HandOut<Integer> hands = handOutOf(feed);
    run(0);
    assertThat(feed.stop(new CancellationException("stop"))).isTrue();

    assertThat(next(hands, feed)).isEqualTo(10);
    assertThatThrownBy(() -> next(hands, feed)).isInstanceOf(CancellationException.class);
    assertThatThrownBy(() -> next(hands, feed)).isInstanceOf(CancellationException.class);
    assertThat(hands.awaitNext()).isFalse();
  }

  // ---- handing out

  @Test
  void elementsComeInTheOrderOfTheirEnds() {
    Feed<Integer> feed = feed(upTo(4), 4);
    HandOut<Integer> hands = handOutOf(feed);
    run(2);
    assertThat(ended(hands)).isEqualTo(30);

    run(3);
    run(0);
    run(1);

    assertThat(ended(hands)).isEqualTo(40);
    assertThat(ended(hands)).isEqualTo(10);
    assertThat(ended(hands)).isEqualTo(20);
    assertThat(hands.takeEnded(0)).isNull();
  }

  private static int ended(HandOut<Integer> hands) {
    ElementTask<Integer> element = hands.takeEnded(0);
    assertThat(element).isNotNull();
    return element.join();
  }

  @Test
  void oneWhoAsksNowForTheFirstAndThenForTheEndedGetsEachOnce() {
    Feed<Integer> feed = feed(upTo(4), 4);
    HandOut<Integer> hands = handOutOf(feed);
    run(1);
    run(0);
    assertThat(ended(hands)).isEqualTo(10);
    assertThat(next(hands, feed)).isEqualTo(20);
    run(3);
    assertThat(ended(hands)).isEqualTo(40);
    run(2);
    assertThat(next(hands, feed)).isEqualTo(30);

    assertThat(hands.awaitNext()).isFalse();
  }

  @Test
  void aWaitForTheNextEndIsEndedByIt() throws Exception {
    Feed<Integer> feed = feed(upTo(2), 2);
    HandOut<Integer> hands = handOutOf(feed);
    Thread me = Thread.currentThread();
    Thread runner =
        new Thread(
            () -> {
              while (me.getState() != Thread.State.TIMED_WAITING) {
                LockSupport.parkNanos(100_000);
              }
              run(1);
            });
    runner.start();

    assertThat(ended(hands)).isEqualTo(20);

    runner.join();
    run(0);
  }

  @Test
  void anElementThatWasTakenBeforeItsEndIsNotHandedOutAgain() {
    Feed<Integer> feed = feed(upTo(3), 3);
    HandOut<Integer> hands = handOutOf(feed);
    ElementTask<Integer> first = hands.takeFirst();
    assertThat(first).isNotNull();
    run(1);
    assertThat(ended(hands)).isEqualTo(20);

    run(0);
    run(2);

    assertThat(first.join()).isEqualTo(10);
    assertThat(ended(hands)).isEqualTo(30);
    assertThat(hands.takeEnded(0)).isNull();
  }

  @Test
  void behindASlowElementManyAreHandedOutAndTheRestInOrder() {
    int many = 5_000;
    Feed<Integer> feed = feed(upTo(many), many);
    HandOut<Integer> hands = handOutOf(feed);
    for (int i = 1; i < many - 2; i++) {
      run(i);
      assertThat(ended(hands)).isEqualTo(10 * (i + 1));
      assertThat(hands.kept()).isLessThan(1_100 + 2 * (many - i));
    }

    run(0);
    run(many - 2);
    run(many - 1);

    assertThat(next(hands, feed)).isEqualTo(10);
    assertThat(next(hands, feed)).isEqualTo(10 * (many - 1));
    assertThat(ended(hands)).isEqualTo(10 * many);
    assertThat(hands.awaitNext()).isFalse();
  }

  @Test
  void aWaitForTheNextEndIsOverInTime() {
    Feed<Integer> feed = feed(upTo(1), 1);
    HandOut<Integer> hands = handOutOf(feed);

    assertThat(hands.takeEnded(System.nanoTime() + 1)).isNull();

    run(0);
    assertThat(ended(hands)).isEqualTo(10);
  }

  @Test
  void nothingIsHandedOutAfterADrop() {
    Feed<Integer> feed = feed(upTo(3), 3);
    HandOut<Integer> hands = handOutOf(feed);
    run(0);
    assertThat(feed.stop(new CancellationException("stop"))).isTrue();

    hands.drop();

    assertThat(hands.awaitNext()).isFalse();
    assertThat(hands.takeFirst()).isNull();
  }
}
