package dev.poolwright.internal.cluster;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.poolwright.internal.life.Threads;
import dev.poolwright.internal.time.Clock;
import dev.poolwright.internal.time.Nanos;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The worker nodes of one pool, and how many calls may be on their way to each: its credits.
 *
 * <p>A node has as many credits as it has places. One that is busy, since others use it too, loses
 * those that it did not honour and is left alone for a moment; each round of calls that it takes
 * gives one back.
 *
 * <p><b>Threads:</b> thread-safe.
 */
final class Nodes {
  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long SUSPICION_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Looked at by nobody else: a node may be asked for who it is, and what it was sent. */
  static final class Node {
    private final String name;
    private final int places;
    private final long sinceNanos;
    private final AtomicLong tasks = new AtomicLong();

    // Guarded by the lock of the nodes.
    private int credits;
    private int sent;
    private int taken;
    private long pauseNanos = FIRST_PAUSE_NANOS;
    private long restUntilNanos;
    private boolean isResting;

    private Node(String name, int places, long sinceNanos) {
      this.name = name;
      this.places = places;
      this.sinceNanos = sinceNanos;
      this.credits = places;
    }

    String name() {
      return name;
    }

    long sinceNanos() {
      return sinceNanos;
    }

    /** How many tasks it has taken. */
    long tasks() {
      return tasks.get();
    }

    /** It is about to take so many; less than none when it did not. */
    void takes(int count) {
      long unused = tasks.addAndGet(count);
    }
  }

  private final Clock clock;
  private final DoubleSupplier chance;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  @GuardedBy("lock")
  private final Map<String, Node> nodes = new LinkedHashMap<>();

  @GuardedBy("lock")
  private long aloneSinceNanos;

  @GuardedBy("lock")
  private boolean isStopped;

  @GuardedBy("lock")
  private long everUp;

  @GuardedBy("lock")
  private long everLost;

  /**
   * None yet.
   *
   * @param clock what rests and waits go by
   * @param chance 0 to 1
   */
  Nodes(Clock clock, DoubleSupplier chance) {
    this.clock = clock;
    this.chance = chance;
    this.aloneSinceNanos = clock.now();
  }

  /** A node takes calls from here on. */
  void up(String name, int places) {
    lock.lock();
    try {
      nodes.put(name, new Node(name, places, clock.now()));
      everUp++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * A node takes none any more.
   *
   * @param isLost whether it is gone without having said so
   * @return whether it was there
   */
  boolean down(String name, boolean isLost) {
    lock.lock();
    try {
      Node node = nodes.remove(name);
      if (node != null) {
        everLost += isLost ? 1 : 0;
        if (nodes.isEmpty()) {
          aloneSinceNanos = clock.now();
        }
        changed.signalAll();
      }
      return node != null;
    } finally {
      lock.unlock();
    }
  }

  /** Whether a node is there, as {@link #up} said. */
  boolean has(String name) {
    lock.lock();
    try {
      return nodes.containsKey(name);
    } finally {
      lock.unlock();
    }
  }

  /** Those there are, in the order in which they came. */
  List<Node> all() {
    lock.lock();
    try {
      return new ArrayList<>(nodes.values());
    } finally {
      lock.unlock();
    }
  }

  long everUp() {
    lock.lock();
    try {
      return everUp;
    } finally {
      lock.unlock();
    }
  }

  long everLost() {
    lock.lock();
    try {
      return everLost;
    } finally {
      lock.unlock();
    }
  }

  /** What came of a wait for a node. */
  enum NoCredit {
    /** Whoever waits is wanted no more. */
    UNWANTED,
    /** The pool stops. */
    STOPPED,
    /** There was no node for too long. */
    ALONE
  }

  /**
   * A credit that somebody holds until it is closed, or why there is none.
   *
   * <p><b>Threads:</b> confined to whoever took it.
   */
  final class Credit implements AutoCloseable {
    private @Nullable Node node;
    private @Nullable NoCredit none;
    private boolean isHeld;
    private boolean wasBusy;

    /** Whose it is; null when there is none. */
    @Nullable Node node() {
      return node;
    }

    /** Why there is none. */
    @Nullable NoCredit none() {
      return none;
    }

    /** The node did not take the call. */
    void wasBusy() {
      wasBusy = true;
    }

    /** Gives it back. A second call does nothing. */
    @Override
    public void close() {
      Node of = node;
      if (of != null && isHeld) {
        isHeld = false;
        if (wasBusy) {
          Nodes.this.wasBusy(of);
        } else {
          giveBack(of);
        }
      }
    }

    private Credit without(NoCredit why) {
      none = why;
      return this;
    }
  }

  /**
   * Takes one credit of the node that has most of its places free, and waits for that.
   *
   * @param isWanted whether to go on; {@link #wake} has it asked again
   * @param longestAloneNanos how long to wait while there is no node at all
   * @return to be closed
   */
  Credit take(BooleanSupplier isWanted, long longestAloneNanos) {
    long start = clock.now();
    Credit credit = new Credit(); // Before there is something to lose when the heap is full.
    lock.lock();
    try {
      while (true) {
        if (isStopped) {
          return credit.without(NoCredit.STOPPED);
        } else if (!isWanted.getAsBoolean()) {
          return credit.without(NoCredit.UNWANTED);
        }
        credit.node = tryTake();
        if (credit.node != null) {
          credit.isHeld = true;
          return credit;
        }
        long waitNanos = TimeUnit.SECONDS.toNanos(1);
        if (nodes.isEmpty()) {
          long now = clock.now();
          long aloneNanos = now - (start - aloneSinceNanos > 0 ? start : aloneSinceNanos);
          if (aloneNanos >= longestAloneNanos) {
            return credit.without(NoCredit.ALONE);
          }
          waitNanos = Math.min(waitNanos, longestAloneNanos - aloneNanos);
        } else {
          waitNanos = Math.min(waitNanos, restNanos());
        }
        await(waitNanos);
      }
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void await(long nanos) {
    try {
      long unused = clock.await(lock, changed, this, Math.max(1, nanos));
    } catch (InterruptedException e) {
      // Nobody has a reason to: who wants a driver back tells the nodes.
    }
  }

  /** How long until the first that rests does so no more. */
  @GuardedBy("lock")
  private long restNanos() {
    long least = Nanos.MOST;
    long now = clock.now();
    for (Node each : nodes.values()) {
      if (each.isResting) {
        least = Math.min(least, Math.max(0, each.restUntilNanos - now));
      }
    }
    return least;
  }

  /** Takes a credit where there is one. */
  @Nullable Node tryTake() {
    lock.lock();
    try {
      Node best = null;
      for (Node each : nodes.values()) {
        if (hasCredit(each)
            && (best == null || (long) each.sent * best.places < (long) best.sent * each.places)) {
          best = each;
        }
      }
      if (best != null) {
        best.sent++;
      }
      return best;
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private boolean hasCredit(Node node) {
    if (node.isResting && clock.now() - node.restUntilNanos >= 0) {
      node.isResting = false;
    }
    return !node.isResting && node.sent < node.credits;
  }

  /** A call has its answer, or never will: its credit is back. */
  void giveBack(Node node) {
    Threads.lock(lock);
    try {
      node.sent--;
      node.pauseNanos = FIRST_PAUSE_NANOS;
      if (node.credits < node.places && ++node.taken >= node.credits) {
        node.taken = 0;
        node.credits++;
      }
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** A node did not take a call. */
  void wasBusy(Node node) {
    Threads.lock(lock);
    try {
      node.sent--;
      node.taken = 0;
      node.credits = Math.max(1, Math.min(node.credits, node.sent));
      rest(node, (long) (node.pauseNanos * (0.5 + chance.getAsDouble())));
      node.pauseNanos = Math.min(2 * node.pauseNanos, LONGEST_PAUSE_NANOS);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * A call to a node is lost, so the node may be gone: for a second it gets no other, since its end
   * may be known later than that of the connection to it.
   */
  void suspect(Node node) {
    lock.lock();
    try {
      rest(node, SUSPICION_NANOS);
    } finally {
      lock.unlock();
    }
  }

  /** Leaves it alone for so long at least. */
  @GuardedBy("lock")
  private void rest(Node node, long nanos) {
    long until = clock.now() + nanos;
    if (!node.isResting || until - node.restUntilNanos > 0) {
      node.restUntilNanos = until;
    }
    node.isResting = true;
  }

  /** Has those who wait ask again whether they are wanted. */
  void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Nobody gets a credit any more. */
  void stop() {
    lock.lock();
    try {
      isStopped = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
