package dev.poolwright.internal;

import dev.poolwright.internal.batch.BatchHome;
import dev.poolwright.internal.batch.ChunkTask;
import dev.poolwright.internal.batch.Feed;
import dev.poolwright.internal.crew.Crew;
import dev.poolwright.internal.crew.Worker;
import dev.poolwright.internal.life.ExitPlan;
import dev.poolwright.internal.life.Life;
import dev.poolwright.internal.task.HandWork;
import dev.poolwright.internal.task.Outcome;
import dev.poolwright.internal.task.PoolTask;
import dev.poolwright.internal.task.TaskSite;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What tasks, crews and batches ask of their pool; counts what it is told. */
public final class StressHome implements BatchHome, Crew.Owner {

  private static final Life LIFE =
      new Life(failure -> {}, ExitPlan.DEFAULT, ClassLoader.getSystemClassLoader());

  public final AtomicInteger stops = new AtomicInteger();
  public final AtomicInteger ends = new AtomicInteger();
  public final AtomicInteger stages = new AtomicInteger();
  public final List<ChunkTask> chunks = new CopyOnWriteArrayList<>();

  /** A task that was not submitted. */
  public <T> PoolTask<T> task(Callable<T> work) {
    return new PoolTask<>(site(), null, new HandWork.OfCallable<>(work));
  }

  public TaskSite site() {
    return TaskSite.ofHandWork(this, null);
  }

  @Override
  public String name() {
    return "stress";
  }

  @Override
  public Life life() {
    return LIFE;
  }

  @Override
  public void count(Outcome outcome) {
    ends.incrementAndGet();
  }

  @Override
  public void withdrawn(PoolTask<?> task) {}

  @Override
  public void stopRun(PoolTask<?> task, Thread runner) {
    stops.incrementAndGet();
  }

  @Override
  public boolean doCallbacksWaitForRun() {
    return true;
  }

  @Override
  public Executor stageExecutor() {
    return Runnable::run;
  }

  @Override
  public @Nullable Runnable lendPlace() {
    return null;
  }

  @Override
  public void goesOn(PoolTask<?> task, boolean keepsPlace) {
    stages.incrementAndGet();
  }

  @Override
  public void leftStage(PoolTask<?> task) {
    stages.decrementAndGet();
  }

  @Override
  public CancellationException stopped() {
    return new CancellationException("stopped");
  }

  @Override
  public int maxWorkers() {
    return 1;
  }

  @Override
  public boolean isDirect() {
    return false;
  }

  @Override
  public boolean leavesStages() {
    return true;
  }

  @Override
  public Executor feedThreads() {
    return Runnable::run;
  }

  @Override
  public void admitBatch(Feed<?> batch, TaskSite site) {}

  @Override
  public void fed(Feed<?> batch) {}

  @Override
  public void submitChunk(ChunkTask chunk, boolean isAdmitted) {
    chunks.add(chunk);
  }

  @Override
  public void countRefused(int elements) {}

  @Override
  public boolean isStopped() {
    return false;
  }

  @Override
  public void runTask(PoolTask<?> task, Worker worker) {
    task.run();
  }

  @Override
  public void workerEnds() {}
}
