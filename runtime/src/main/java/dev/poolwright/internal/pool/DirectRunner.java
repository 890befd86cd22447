package dev.poolwright.internal.pool;

import dev.poolwright.Pools;
import dev.poolwright.internal.batch.ChunkTask;
import dev.poolwright.internal.crew.Crew;
import dev.poolwright.internal.crew.Worker;
import dev.poolwright.internal.life.Guard;
import dev.poolwright.internal.task.PoolTask;
import dev.poolwright.internal.wire.Payloads;
import dev.poolwright.spi.Call;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * No workers: every task runs at once on the thread that submits it, or when somebody runs it by
 * hand. For unit tests.
 */
public final class DirectRunner implements Runner {

  private final @Nullable Consumer<? super Pools.Step> steps;
  private final @Nullable Payloads payloads;

  /**
   * Makes one.
   *
   * @param steps is given what is to be run by hand; null where tasks run at once
   * @param payloads copies calls and results, as if they ran in a worker JVM; null where they are
   *     not copied
   */
  public DirectRunner(@Nullable Consumer<? super Pools.Step> steps, @Nullable Payloads payloads) {
    this.steps = steps;
    this.payloads = payloads;
  }

  @Override
  public Where where() {
    return steps == null ? Where.CALLER : Where.BY_HAND;
  }

  @Override
  public void hand(Pools.Step step) {
    if (steps != null) {
      steps.accept(step);
    }
  }

  @Override
  public void prepare(PoolTask<?> task) {
    Call<?, ?> call = task.call();
    if (payloads != null && call != null) {
      try {
        task.prepared(CopiedCall.of(task.name(), call, payloads));
      } catch (Throwable e) {
        boolean unused = task.completeExceptionally(e); // It was let in, so it ends.
      }
    }
  }

  @Override
  public void prepare(ChunkTask chunk) {
    if (payloads != null) {
      chunk.elements().forEach(this::prepare);
    }
  }

  @Override
  public void run(PoolTask<?> task, Worker worker) {
    throw new IllegalStateException("a direct pool has no workers");
  }

  @Override
  public void stop(PoolTask<?> task, Thread runner) {
    Guard.interrupt(runner);
  }

  @Override
  public void stopUnseen(Crew crew) {
    // Such a run is on a thread that is not ours.
  }
}
