package dev.poolwright.internal.task;

import dev.poolwright.WorkerCrashedException;
import dev.poolwright.WorkerLostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tries of one call, and the one place that decides whether there is another: only where the
 * worker ended by itself. What the method threw is its outcome, and a time limit, a cancel or a
 * stop ends a task for good.
 *
 * <p><b>Threads:</b> confined to what drives the call.
 */
public final class Tries {

  private final List<Throwable> before = new ArrayList<>(0);
  private int left;

  /** Those of the elements of a chunk, by their places; most have none. */
  public static final class OfElements {
    private final Map<Integer, Tries> all = new HashMap<>(0);

    /** As that of the element's own. */
    public boolean isTriedAgain(int place, PoolTask<?> element, Throwable failure) {
      return all.computeIfAbsent(place, none -> new Tries(element.site())).isTriedAgain(failure);
    }

    /** As that of the element's own. */
    public Throwable last(int place, Throwable failure) {
      Tries tries = all.get(place);
      return tries == null ? failure : tries.last(failure);
    }
  }

  /** None used yet. */
  public Tries(TaskSite site) {
    this.left = site.retries();
  }

  /**
   * Whether the call is tried once more, which counts.
   *
   * @param failure how the try at hand ended
   */
  public boolean isTriedAgain(Throwable failure) {
    boolean isAgain =
        left > 0
            && (failure instanceof WorkerCrashedException
                || failure instanceof WorkerLostException);
    if (isAgain) {
      left--;
      before.add(failure);
    }
    return isAgain;
  }

  /** The failure of the last try, which has those of the tries before as suppressed. */
  public Throwable last(Throwable failure) {
    before.stream().filter(each -> each != failure).forEach(failure::addSuppressed);
    before.clear();
    return failure;
  }
}
