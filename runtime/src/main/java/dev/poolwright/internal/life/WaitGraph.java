package dev.poolwright.internal.life;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Which pools wait for which others. A worker that is about to wait for a task of another pool is
 * an edge from its pool to the other. While edges make no circle somebody can go on, and nobody
 * lends. A wait that closes a circle has every wait of that circle lend its place, or none of them
 * would ever end. Stages of one pool that end with tasks of another are an edge as well, which has
 * no place to lend: whoever waits for such a stage waits for both pools.
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

  /** One wait, or all stages from one pool to another. */
  private static final class Edge {
    private final Place from;
    private final Place to;

    // Guarded by the lock of the graph.
    private boolean isLent;
    private int stages; // 0 for a wait.

    Edge(Place from, Place to, int stages) {
      this.from = from;
      this.to = to;
      this.stages = stages;
    }
  }

  /**
   * A worker of one pool is about to wait for a task of another.
   *
   * @return to be run when its wait is over
   */
  public Runnable begin(Place from, Place to) {
    Edge mine = new Edge(from, to, 0);
    lock.lock();
    try {
      add(mine);
    } catch (Throwable e) {
      end(mine);
      throw e;
    } finally {
      lock.unlock();
    }
    return () -> end(mine);
  }

  /**
   * A stage of one pool ends with a task of another.
   *
   * @return to be run when that task is done
   */
  public Runnable beginStage(Place from, Place to) {
    lock.lock();
    try {
      Edge own = stages(from, to);
      if (own == null) {
        add(new Edge(from, to, 1));
      } else {
        own.stages++;
      }
    } catch (Throwable e) {
      endStage(from, to);
      throw e;
    } finally {
      lock.unlock();
    }
    return () -> endStage(from, to);
  }

  private void endStage(Place from, Place to) {
    lock.lock();
    try {
      Edge own = stages(from, to);
      if (own != null && --own.stages == 0) {
        edges.remove(own);
      }
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private @Nullable Edge stages(Place from, Place to) {
    for (Edge edge : edges) {
      if (edge.stages > 0 && edge.from == from && edge.to == to) {
        return edge;
      }
    }
    return null;
  }

  @GuardedBy("lock")
  private void add(Edge edge) {
    edges.add(edge);
    Set<Place> circle = reached(edge.to, true);
    if (circle.contains(edge.from)) {
      circle.retainAll(reached(edge.from, false));
      lendWithin(circle);
    }
  }

  /** Whether a worker of a pool waits for a task of another. */
  public boolean hasWaiter(Place from) {
    lock.lock();
    try {
      return edges.stream().anyMatch(edge -> edge.stages == 0 && edge.from == from);
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

  /** By way of stages there may be no true circle, so there nobody fails who cannot lend. */
  @GuardedBy("lock")
  private void lendWithin(Set<Place> circle) {
    List<Edge> within = new ArrayList<>(edges);
    within.removeIf(edge -> !circle.contains(edge.from) || !circle.contains(edge.to));
    boolean isSure = within.stream().allMatch(edge -> edge.stages == 0);
    for (Edge edge : within) {
      if (edge.stages == 0 && !edge.isLent) {
        try {
          edge.from.lend();
          edge.isLent = true;
        } catch (IllegalStateException e) {
          if (isSure) {
            throw e;
          }
        }
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
