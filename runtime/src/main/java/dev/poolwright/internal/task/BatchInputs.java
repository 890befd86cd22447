package dev.poolwright.internal.task;

import dev.poolwright.spi.Rows;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of a batch, as tasks. Confined to one thread at a time: the one that feeds.
 *
 * @param <R> the result of one element
 */
final class BatchInputs<R extends @Nullable Object> {

  private final TaskSite site;
  private final @Nullable Object target;
  private final Rows rows;
  private final Rows.CallMaker<?, ?> maker;

  BatchInputs(TaskSite site, @Nullable Object target, Rows rows, Rows.CallMaker<?, ?> maker) {
    this.site = site;
    this.target = target;
    this.rows = rows;
    this.maker = maker;
  }

  TaskSite site() {
    return site;
  }

  /** The number of inputs; known when their references were taken in the call. */
  OptionalLong size() {
    return rows.size();
  }

  /**
   * Takes inputs, running foreign code.
   *
   * @param most how many
   * @param into gets an element for each, also when a later one cannot be taken
   * @return false at the end of the inputs
   */
  boolean take(int most, List<ElementTask<R>> into) {
    for (int i = 0; i < most; i++) {
      if (!rows.hasNextRow()) {
        return false;
      }
      into.add(new ElementTask<>(site, target, maker.of(rows)));
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
