package dev.poolwright.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.internal.cluster.Admissions.Verdict;
import dev.poolwright.internal.cluster.Nodes.Node;
import dev.poolwright.internal.time.Clock;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The credits of callers and the admissions of a thousand nodes, whose calls take a hundred
 * milliseconds of a time that only the simulation passes. Says what happens to throughput, shares
 * and calls; network and CPU are not in it.
 */
@Timeout(60)
class ThousandNodesTest {
  private static final int NODES = 1_000;
  private static final int PLACES = 4;
  private static final long RUN = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long WAY = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** Something that happens at its time. */
  private record Event(long at, long number, Runnable what) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      return at == other.at ? Long.compare(number, other.number) : Long.compare(at, other.at);
    }
  }

  private final AtomicLong now = new AtomicLong();
  private final Random random = new Random(42);
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private long number;

  private void after(long nanos, Runnable what) {
    events.add(new Event(now.get() + nanos, number++, what));
  }

  private void passUntil(long end) {
    while (!events.isEmpty() && events.peek().at <= end) {
      Event next = events.poll();
      now.set(next.at);
      next.what.run();
    }
    now.set(end);
  }

  /** A node: what it takes, and what waits there for one of its places. */
  private final class SimulatedNode {
    final String name;
    final Admissions admissions = new Admissions(Map.of("render", PLACES));
    final Deque<Runnable> waits = new ArrayDeque<>();
    long run = RUN;
    int running;
    boolean isGone;

    SimulatedNode(String name) {
      this.name = name;
    }

    void begin(Runnable ends) {
      if (running == PLACES) {
        waits.add(ends);
        return;
      }
      running++;
      long took = run / 2 + (long) (random.nextDouble() * run);
      after(
          took,
          () -> {
            running--;
            ends.run();
            if (!waits.isEmpty()) {
              begin(waits.poll());
            }
          });
    }
  }

  /** A caller that always has one more call. */
  private final class SimulatedCaller {
    final String name;
    final int most;
    final Nodes known;
    final Map<String, Integer> byNode = new HashMap<>();
    long delivery;
    int underWay;
    int done;
    int lost;

    SimulatedCaller(String name, int most) {
      this.name = name;
      this.most = most;
      this.known =
          new Nodes(
              Clock.of(
                  new Clock.Source() {
                    @Override
                    public long now() {
                      return now.get();
                    }

                    @Override
                    public void park(Object awaited, long nanos) {
                      throw new AssertionError("nobody waits here");
                    }
                  }),
              random::nextDouble);
      nodes.values().forEach(each -> known.up(each.name, PLACES));
      after(0, this::sendMore);
      after(WAY, this::looksAgain);
    }

    /** For those that rest, which no answer wakes. */
    void looksAgain() {
      sendMore();
      after(5 * WAY, this::looksAgain);
    }

    void sendMore() {
      while (underWay < most) {
        Node to = known.tryTake();
        if (to == null) {
          return;
        }
        underWay++;
        long sent = ++delivery;
        after(WAY, () -> arrives(to, sent));
      }
    }

    void arrives(Node to, long sent) {
      SimulatedNode node = nodes.get(to.name());
      if (node.isGone) {
        lost++;
        known.suspect(to);
        back(to);
        return;
      }
      Verdict verdict = node.admissions.take("render", name, sent, false, now.get());
      if (verdict != Verdict.TAKEN) {
        after(
            WAY,
            () -> {
              underWay--;
              known.wasBusy(to);
            });
        return;
      }
      node.begin(
          () -> {
            node.admissions.done("render", name);
            after(
                WAY,
                () -> {
                  if (node.isGone) {
                    lost++;
                  } else {
                    done++;
                    byNode.merge(node.name, 1, Integer::sum);
                  }
                  back(to);
                });
          });
    }

    void back(Node to) {
      underWay--;
      known.giveBack(to);
      sendMore();
    }
  }

  private final Map<String, SimulatedNode> nodes = new HashMap<>();

  ThousandNodesTest() {
    for (int i = 0; i < NODES; i++) {
      nodes.put("n" + i, new SimulatedNode("n" + i));
    }
  }

  /** What 4,000 places could do at most. */
  private static double possible(double seconds) {
    return NODES * PLACES * seconds * SECOND / RUN;
  }

  @Test
  void oneCallerKeepsNearlyAllPlacesBusy() {
    SimulatedCaller caller = new SimulatedCaller("one", NODES * PLACES);

    passUntil(2 * SECOND);

    System.out.printf("throughput: %.2f of what is possible%n", caller.done / possible(2));
    assertThat(caller.done / possible(2)).isGreaterThan(0.9);
  }

  @Test
  void fourCallersGetTheirShares() {
    SimulatedCaller[] callers = new SimulatedCaller[4];
    for (int i = 0; i < callers.length; i++) {
      callers[i] = new SimulatedCaller("caller" + i, NODES * PLACES);
    }

    passUntil(2 * SECOND);

    int[] done = Arrays.stream(callers).mapToInt(each -> each.done).sorted().toArray();
    double all = Arrays.stream(done).sum() / possible(2);
    System.out.printf(
        "fairness: most to least %.2f, throughput %.2f%n", (double) done[3] / done[0], all);
    assertThat((double) done[3] / done[0]).isLessThan(2);
    assertThat(all).isGreaterThan(0.85);
  }

  @Test
  void theLossOfATenthCostsWhatRanThereAndATenthOfThePlaces() {
    SimulatedCaller caller = new SimulatedCaller("one", NODES * PLACES);
    passUntil(SECOND);
    int before = caller.done;

    for (int i = 0; i < NODES / 10; i++) {
      nodes.get("n" + i).isGone = true;
      caller.known.down("n" + i, true);
    }
    passUntil(2 * SECOND);

    double after = (caller.done - before) / possible(1);
    System.out.printf("loss of 100 nodes: %d calls, throughput %.2f%n", caller.lost, after);
    assertThat(caller.lost).isBetween(NODES / 10, NODES / 10 * PLACES);
    assertThat(after).isBetween(0.8, 0.95);
  }

  @Test
  void aSlowNodeGetsFewerCallsAndHoldsUpNobody() {
    nodes.get("n0").run = 10 * RUN;
    SimulatedCaller caller = new SimulatedCaller("one", NODES * PLACES);

    passUntil(3 * SECOND);

    int slow = caller.byNode.getOrDefault("n0", 0);
    System.out.printf(
        "a slow node: %d calls, another %d, throughput %.2f%n",
        slow, caller.byNode.get("n1"), caller.done / possible(3));
    assertThat(slow).isLessThan(caller.byNode.get("n1") / 4);
    assertThat(caller.done / possible(3)).isGreaterThan(0.9);
  }

  @Test
  void aPartitionHalvesThePlacesUntilItHeals() {
    SimulatedCaller caller = new SimulatedCaller("one", NODES * PLACES);
    passUntil(SECOND);

    for (int i = 0; i < NODES / 2; i++) {
      nodes.get("n" + i).isGone = true; // Answers that come later are dropped.
      caller.known.down("n" + i, true);
    }
    int before = caller.done;
    passUntil(2 * SECOND);
    double cut = (caller.done - before) / possible(1);
    for (int i = 0; i < NODES / 2; i++) {
      nodes.put("n" + i, new SimulatedNode("n" + i));
      caller.known.up("n" + i, PLACES);
    }
    int healed = caller.done;
    passUntil(3 * SECOND);
    double after = (caller.done - healed) / possible(1);

    System.out.printf(
        "partition: %d calls, throughput %.2f while it lasts, %.2f after%n",
        caller.lost, cut, after);
    assertThat(caller.lost).isLessThanOrEqualTo(NODES / 2 * PLACES);
    assertThat(cut).isBetween(0.4, 0.55);
    assertThat(after).isGreaterThan(0.85);
  }
}
