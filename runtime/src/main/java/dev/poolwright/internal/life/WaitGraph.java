package dev.poolwright.internal.life;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which pools wait for which others. A worker that is about to wait for a task of another pool is
 * an edge from its pool to the other. While edges make no circle somebody can go on, and nobody
 * lends. A wait that closes a circle has every wait of that circle lend its place, or none of them
 * would ever end.
 *
 * <p><b>Threads:</b> thread-safe. Looked at only by threads that are about to block.
 */
public final class WaitGraph {

  /** Where workers wait, and may lend their place to another: one for each pool. */
  public interface Place {
    /** One of its workers is about to wait for a task that may need a place. */
    void lend();

    /** Its wait is over. */
    void giveBack();
  }

  private final ReentrantLock lock = VirtualThreads.lock();

  @GuardedBy("lock")
  private final List<Edge> edges = new ArrayList<>();

  /** One wait. */
  private static final class Edge {
    private final Place from;
    private final Place to;
    private boolean isLent; // Guarded by the lock of the graph.

    Edge(Place from, Place to) {
      this.from = from;
      this.to = to;
    }
  }

  /**
   * A worker of one pool is about to wait for a task of another.
   *
   * @return to be run when its wait is over
   */
  public Runnable begin(Place from, Place to) {
    Edge mine = new Edge(from, to);
    lock.lock();
    try {
      edges.add(mine);
      Set<Place> circle = reached(to, true);
      if (circle.contains(from)) {
        circle.retainAll(reached(from, false));
        lendWithin(circle);
      }
    } catch (Throwable e) {
      end(mine);
      throw e;
    } finally {
      lock.unlock();
    }
    return () -> end(mine);
  }

  /** Whether a worker of a pool waits for a task of another. */
  public boolean hasWaiter(Place from) {
    lock.lock();
    try {
      return edges.stream().anyMatch(edge -> edge.from == from);
    } finally {
      lock.unlock();
    }
  }

  /** The pools that one waits for, by way of others too, or that wait for it; itself included. */
  @GuardedBy("lock")
  private Set<Place> reached(Place start, boolean isAhead) {
    Set<Place> all = new LinkedHashSet<>(Set.of(start));
    boolean hasGrown = true;
    while (hasGrown) {
      hasGrown = false;
      for (Edge edge : edges) {
        hasGrown |=
            all.contains(isAhead ? edge.from : edge.to) && all.add(isAhead ? edge.to : edge.from);
      }
    }
    return all;
  }

  @GuardedBy("lock")
  private void lendWithin(Set<Place> circle) {
    for (Edge edge : edges) {
      if (!edge.isLent && circle.contains(edge.from) && circle.contains(edge.to)) {
        edge.from.lend();
        edge.isLent = true;
      }
    }
  }

  private void end(Edge edge) {
    lock.lock();
    try {
      if (edges.remove(edge) && edge.isLent) {
        edge.from.giveBack();
      }
    } finally {
      lock.unlock();
    }
  }
}
