package dev.poolwright.internal.batch;

import dev.poolwright.internal.task.TaskSite;
import dev.poolwright.spi.Rows;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of a batch, as tasks. Confined to one thread at a time, the one that feeds, but for
 * {@link #stop}.
 *
 * @param <R> the result of one element
 */
public final class BatchInputs<R extends @Nullable Object> {

  private final BatchHome home;
  private final TaskSite site;
  private final @Nullable Object target;
  private final Rows rows;
  private final Rows.CallMaker<?, ?> maker;
  private volatile boolean isStopped;

  /**
   * Inputs of which none was taken.
   *
   * @param home runs their tasks
   * @param site common to their tasks
   * @param target of their calls; null for static methods
   * @param rows the inputs
   * @param maker makes a call of each
   */
  public BatchInputs(
      BatchHome home,
      TaskSite site,
      @Nullable Object target,
      Rows rows,
      Rows.CallMaker<?, ?> maker) {
    this.home = home;
    this.site = site;
    this.target = target;
    this.rows = rows;
    this.maker = maker;
  }

  BatchHome home() {
    return home;
  }

  TaskSite site() {
    return site;
  }

  /** The number of inputs; known when their references were taken in the call. */
  OptionalLong size() {
    return rows.size();
  }

  /** Has no more of them taken: where they are slow to come, those of one lot may take long. */
  void stop() {
    isStopped = true;
  }

  /**
   * Takes inputs, running foreign code.
   *
   * @param most how many
   * @param into gets an element for each, also when a later one cannot be taken
   * @return false at the end of the inputs
   */
  boolean take(int most, List<ElementTask<R>> into) {
    for (int i = 0; i < most && !isStopped; i++) {
      if (!rows.hasNextRow()) {
        return false;
      }
      ElementTask<R> element = new ElementTask<>(site, target, maker.of(rows));
      element.watch();
      into.add(element);
    }
    return true;
  }

  /** An element that was never submitted, since the batch was stopped before. */
  ElementTask<R> never(Throwable why) {
    ElementTask<R> element = new ElementTask<>(site.bare(), null, ChunkTask.Nothing.CALL);
    boolean unused = element.completeExceptionally(why);
    return element;
  }
}
