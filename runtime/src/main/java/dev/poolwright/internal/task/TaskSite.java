package dev.poolwright.internal.task;

import dev.poolwright.CallOption;
import dev.poolwright.internal.life.Snapshot;
import dev.poolwright.internal.time.Nanos;
import dev.poolwright.spi.CallSiteSpec;
import dev.poolwright.spi.SiteCallback;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all tasks of one call site have in common. A task that carries context has one of its own,
 * so that the others are no larger; the stages of a task and the elements of a batch share theirs.
 *
 * @param name of its tasks; null for work that was submitted by hand, which names itself
 * @param pool runs the tasks
 * @param limitNanos longest run, or 0 for none
 * @param limitSource who set the limit, for messages
 * @param retries how often a call is run again whose worker ended by itself
 * @param isStage whether the call returns a stage whose result is the task's
 * @param callbacks in declaration order
 * @param context captured when they were submitted; null for none
 */
public record TaskSite(
    @Nullable String name,
    TaskHome pool,
    long limitNanos,
    String limitSource,
    int retries,
    boolean isStage,
    List<? extends SiteCallback<?>> callbacks,
    @Nullable Snapshot context) {

  /** Of what is submitted to a pool by hand. */
  public static TaskSite ofHandWork(TaskHome pool, @Nullable Duration limit, int retries) {
    long limitNanos = nanos(limit);
    return new TaskSite(null, pool, limitNanos, pool.toString(), retries, false, List.of(), null);
  }

  /** Of an {@code @Async} method, which goes before what all work of the pool has. */
  public static TaskSite of(TaskSite handWork, CallSiteSpec<?> spec) {
    boolean isOwnLimit = spec.timeout().isPresent();
    return new TaskSite(
        spec.taskName(),
        handWork.pool,
        isOwnLimit ? nanos(spec.timeout().get()) : handWork.limitNanos,
        isOwnLimit ? "its @Async" : handWork.limitSource,
        spec.retries().orElse(handWork.retries),
        spec.isStage(),
        spec.callbacks(),
        null);
  }

  /** The same with other options; of two of one kind the later counts. */
  public TaskSite with(CallOption... options) {
    TaskSite site = this;
    for (CallOption option : options) {
      site =
          option instanceof CallOption.Timeout timeout
              ? site.like(nanos(timeout.limit()), "CallOption", site.retries, context)
              : site.like(
                  site.limitNanos,
                  site.limitSource,
                  ((CallOption.Retries) option).times(),
                  context);
    }
    return site;
  }

  private TaskSite like(long nanos, String source, int times, @Nullable Snapshot captured) {
    return new TaskSite(name, pool, nanos, source, times, isStage, callbacks, captured);
  }

  /** The same for the tasks of one batch. */
  public TaskSite named(String other) {
    return new TaskSite(other, pool, limitNanos, limitSource, retries, isStage, callbacks, context);
  }

  /** For what the engine itself queues on behalf of tasks: no limit, no retries, no callbacks. */
  public TaskSite bare() {
    return new TaskSite(name, pool, 0, limitSource, 0, false, List.of(), null);
  }

  /** The same with what is set on the calling thread, which submits. */
  public TaskSite capturing() {
    Snapshot captured = pool.life().carriers().capture();
    return captured == null ? this : like(limitNanos, limitSource, retries, captured);
  }

  /**
   * The name of one of its tasks.
   *
   * @param label of work that was submitted by hand
   */
  String nameOf(@Nullable Object label) {
    return name != null ? name : pool.name() + ".submit(" + HandWork.describe(label) + ")";
  }

  private static long nanos(@Nullable Duration limit) {
    return limit == null ? 0 : Nanos.of(limit);
  }
}
