package dev.poolwright.internal.batch;

import dev.poolwright.Task;
import dev.poolwright.TaskProgress;
import dev.poolwright.internal.task.Outcome;
import dev.poolwright.internal.task.PoolTask;
import dev.poolwright.internal.task.TaskSite;
import dev.poolwright.spi.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls that came together from elsewhere, which one worker runs one after another, as those of a
 * batch.
 *
 * <p><b>Threads:</b> made and submitted by one thread.
 */
public final class GivenChunk implements ChunkTask.Source {
  private final BatchHome pool;
  private final TaskSite site;
  private final Runnable ended;
  private final Runnable over;
  private final List<ElementTask<Object>> elements = new ArrayList<>();
  private final List<Integer> places = new ArrayList<>();

  /**
   * Without calls.
   *
   * @param pool runs them
   * @param site common to them
   * @param ended runs when a call has ended; must not block, nor throw
   * @param over runs once all have ended, and the run of the chunk; must not block
   */
  public GivenChunk(BatchHome pool, TaskSite site, Runnable ended, Runnable over) {
    this.pool = pool;
    this.site = site;
    this.ended = ended;
    this.over = over;
  }

  /** Told which task runs a call. */
  @FunctionalInterface
  public interface Known {
    /** The task can be cancelled from here on, and is about to be queued. */
    void runs(int place, PoolTask<?> task);
  }

  /**
   * Adds a call.
   *
   * @param place for {@link Known}
   * @param progress is told how far the run is
   */
  @SuppressWarnings("unchecked") // Whoever made the call knows its result.
  public void add(
      int place, @Nullable Object target, Call<?, ?> call, Consumer<TaskProgress> progress) {
    ElementTask<Object> element = new ElementTask<>(site, target, (Call<?, Object>) call);
    element.watch();
    Task<?> unused = element.onProgress(progress);
    elements.add(element);
    places.add(place);
  }

  /** Queues them; what a pool that takes none throws ends them all. */
  public void submit(Known known) {
    if (elements.isEmpty()) {
      return;
    }
    ChunkTask chunk = new ChunkTask(site.bare(), this, elements);
    try {
      for (int i = 0; i < places.size(); i++) {
        known.runs(places.get(i), elements.get(i));
      }
      pool.submitChunk(chunk, false);
    } catch (Throwable e) {
      chunk.ensureEnded(e);
    }
  }

  @Override
  public void measured(int count, long nanos) {
    // Their caller measures.
  }

  @Override
  public void ended(ElementTask<?> element, Outcome outcome) {
    ended.run();
  }

  @Override
  public void chunkOver(ChunkTask chunk) {
    over.run();
  }
}
