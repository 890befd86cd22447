package dev.poolwright.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.internal.cluster.Nodes.Credit;
import dev.poolwright.internal.cluster.Nodes.NoCredit;
import dev.poolwright.internal.cluster.Nodes.Node;
import dev.poolwright.internal.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Credits, with a clock that the test sets. */
@Timeout(30)
class NodesTest {
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private final AtomicLong now = new AtomicLong(1_000);
  private final Nodes nodes = new Nodes(Clock.of(new SetTime()), () -> 0.5);

  /** Shows what the test sets, and waits by the system's. */
  private final class SetTime implements Clock.Source {
    @Override
    public long now() {
      return now.get();
    }

    @Override
    public void park(Object awaited, long nanos) {
      LockSupport.parkNanos(awaited, Math.min(nanos, MILLI));
    }
  }

  private List<String> takeAll() {
    List<String> taken = new ArrayList<>();
    for (Node node = nodes.tryTake(); node != null; node = nodes.tryTake()) {
      taken.add(node.name());
    }
    return taken;
  }

  @Test
  void aNodeHasAsManyCreditsAsPlaces() {
    nodes.up("a", 3);

    assertThat(takeAll()).containsExactly("a", "a", "a");
  }

  @Test
  void takesFromTheNodeThatHasMostOfItsPlacesFree() {
    nodes.up("small", 1);
    nodes.up("large", 4);

    assertThat(takeAll()).hasSize(5).startsWith("small", "large");
    assertThat(takeAll()).isEmpty();
  }

  @Test
  void aCreditIsBackWhenItsCallHasAnAnswer() {
    nodes.up("a", 1);
    Node node = nodes.tryTake();

    nodes.giveBack(node);

    assertThat(nodes.tryTake()).isSameAs(node);
  }

  @Test
  void aBusyNodeRestsAndKeepsTheCreditsThatItHonours() {
    nodes.up("a", 4);
    Node node = nodes.tryTake();
    nodes.tryTake();
    nodes.tryTake();

    nodes.wasBusy(node);

    assertThat(nodes.tryTake()).as("while it rests").isNull();
    now.addAndGet(MILLI);
    assertThat(nodes.tryTake()).as("two are on their way, and no more may be").isNull();
    nodes.giveBack(node);
    assertThat(nodes.tryTake()).isNotNull();
    assertThat(nodes.tryTake()).isNull();
  }

  @Test
  void aNodeThatStaysBusyRestsLongerEachTime() {
    nodes.up("a", 1);
    long rest = MILLI;
    for (int i = 0; i < 5; i++) {
      nodes.wasBusy(nodes.tryTake());
      now.addAndGet(rest - 1);
      assertThat(nodes.tryTake()).isNull();
      now.addAndGet(1);
      rest *= 2;
    }
    assertThat(nodes.tryTake()).isNotNull();
  }

  @Test
  void aNodeThatTakesCallsAgainGetsItsCreditsBackOneByOne() {
    nodes.up("a", 3);
    nodes.wasBusy(nodes.tryTake());
    now.addAndGet(MILLI);

    nodes.giveBack(nodes.tryTake());
    List<String> second = takeAll();

    assertThat(second).as("one more after a round of one").hasSize(2);
  }

  @Test
  void aNodeWhoseCallWasLostRestsForASecondWhateverElseItDoes() {
    nodes.up("a", 2);
    Node node = nodes.tryTake();
    Node other = nodes.tryTake();

    nodes.suspect(node);
    nodes.giveBack(node);
    nodes.wasBusy(other);

    now.addAndGet(999 * MILLI);
    assertThat(nodes.tryTake()).isNull();
    now.addAndGet(MILLI);
    assertThat(nodes.tryTake()).isNotNull();
  }

  @Test
  void aNodeThatIsDownGetsNothing() {
    nodes.up("a", 1);
    nodes.up("b", 1);

    nodes.down("a", true);

    assertThat(takeAll()).containsExactly("b");
    assertThat(nodes.everLost()).isEqualTo(1);
  }

  @Test
  void waitsForANodeAndNoLongerThanItMay() {
    nodes.up("a", 1);
    now.addAndGet(20 * MILLI);
    nodes.down("a", false);
    now.addAndGet(5 * MILLI);

    Credit none = nodes.take(() -> now.addAndGet(MILLI) > 0, 5 * MILLI);

    assertThat(none.none()).isEqualTo(NoCredit.ALONE);
    assertThat(now.get()).as("counted from when it began to wait").isGreaterThan(30 * MILLI);
  }

  @Test
  void whoWaitsGetsTheNodeThatComes() throws Exception {
    CompletableFuture<Credit> credit = new CompletableFuture<>();
    Thread waits =
        new Thread(
            () -> credit.complete(nodes.take(() -> true, TimeUnit.HOURS.toNanos(1))), "waits");
    waits.start();

    nodes.up("late", 1);

    assertThat(credit.get(10, TimeUnit.SECONDS).node().name()).isEqualTo("late");
    waits.join();
  }

  @Test
  void whoIsNotWantedAnyMoreWaitsNoLonger() throws Exception {
    boolean[] isWanted = {true};
    CompletableFuture<Credit> credit = new CompletableFuture<>();
    Thread waits =
        new Thread(
            () -> {
              synchronized (isWanted) {
                isWanted.notifyAll();
              }
              credit.complete(nodes.take(() -> isWanted[0], TimeUnit.HOURS.toNanos(1)));
            },
            "waits");
    synchronized (isWanted) {
      waits.start();
      isWanted.wait();
    }

    isWanted[0] = false;
    nodes.wake();

    assertThat(credit.get(10, TimeUnit.SECONDS).none()).isEqualTo(NoCredit.UNWANTED);
    waits.join();
  }

  @Test
  void nobodyGetsACreditAfterTheStop() {
    nodes.up("a", 1);

    nodes.stop();

    assertThat(nodes.take(() -> true, 0).none()).isEqualTo(NoCredit.STOPPED);
  }
}
