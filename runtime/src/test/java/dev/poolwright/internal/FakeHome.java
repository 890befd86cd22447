package dev.poolwright.internal;

import dev.poolwright.annotation.PoolKind;
import dev.poolwright.internal.batch.BatchHome;
import dev.poolwright.internal.batch.ChunkTask;
import dev.poolwright.internal.batch.Feed;
import dev.poolwright.internal.crew.Crew;
import dev.poolwright.internal.crew.Worker;
import dev.poolwright.internal.life.Closing;
import dev.poolwright.internal.life.ExitPlan;
import dev.poolwright.internal.life.Life;
import dev.poolwright.internal.task.HandWork;
import dev.poolwright.internal.task.Outcome;
import dev.poolwright.internal.task.PoolTask;
import dev.poolwright.internal.task.TaskHome;
import dev.poolwright.internal.task.TaskSite;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What tasks, crews and batches ask of their pool, in the place of a pool: keeps what it is told,
 * and starts no thread that nobody asks for. For tests of one class alone, and for the models of
 * the module {@code proofs}.
 */
public final class FakeHome implements BatchHome, Crew.Owner, AutoCloseable {

  /** What it was told, in order. */
  public final Queue<String> told = new ConcurrentLinkedQueue<>();

  /** Chunks of a batch, which the test runs. */
  public final List<ChunkTask> chunks = new CopyOnWriteArrayList<>();

  private final Life life;
  private int maxWorkers = 1;
  private volatile boolean refuses;
  private volatile Consumer<PoolTask<?>> withdrawal = task -> told.add("withdrawn");
  private volatile BiConsumer<PoolTask<?>, Thread> stop = (task, runner) -> told.add("stop");

  /** Threads are started as usual. */
  public FakeHome() {
    this(Thread::start);
  }

  /**
   * With another way to start threads.
   *
   * @param starter starts a thread, or does not
   */
  public FakeHome(Consumer<Thread> starter) {
    this(
        new Life(
            failure -> {}, ExitPlan.DEFAULT, ClassLoader.getSystemClassLoader(), starter, null));
  }

  /** One of many that share a life. */
  public FakeHome(Life life) {
    this.life = life;
  }

  /** How often it was told something. */
  public int times(String what) {
    return Math.toIntExact(told.stream().filter(what::equals).count());
  }

  /** How many ends of tasks it was told. */
  public int ends() {
    return Stream.of(Outcome.values()).mapToInt(outcome -> times(outcome.name())).sum();
  }

  /** How many stages go on. */
  public int stages() {
    return times("goes on") + times("keeps a place") - times("left the stage");
  }

  /** Of so many workers. */
  public FakeHome workers(int count) {
    maxWorkers = count;
    return this;
  }

  /** Refuses chunks from now on. */
  public void refuse() {
    refuses = true;
  }

  /** Says what happens when a task is ended before it ran. */
  public void onWithdrawal(Consumer<PoolTask<?>> action) {
    withdrawal = action;
  }

  /** Says how a run is stopped. */
  public void onStop(BiConsumer<PoolTask<?>, Thread> action) {
    stop = action;
  }

  /** A task that was not submitted. */
  public <T> PoolTask<T> task(Callable<T> work) {
    return new PoolTask<>(site(), null, new HandWork.OfCallable<>(work));
  }

  /** What its tasks have in common: no limit, no callbacks. */
  public TaskSite site() {
    return TaskSite.ofHandWork(this, null, 0);
  }

  @Override
  public void close() {
    life.shutdownNow();
    Closing.awaitEnd(life::shutdownNow, life::awaitTermination);
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public Life life() {
    return life;
  }

  @Override
  public void count(Outcome outcome) {
    told.add(outcome.name());
  }

  @Override
  public void withdrawn(PoolTask<?> task) {
    withdrawal.accept(task);
  }

  @Override
  public void stopRun(PoolTask<?> task, Thread runner) {
    stop.accept(task, runner);
  }

  @Override
  public boolean doCallbacksWaitForRun() {
    return true;
  }

  @Override
  public PoolKind kind() {
    return PoolKind.PROCESS;
  }

  @Override
  public void identify(PoolTask<?> task, Thread runner) {
    // It has no worker JVM.
  }

  @Override
  public List<StackTraceElement> stackOf(PoolTask<?> task, Thread runner) {
    return List.of();
  }

  @Override
  public List<StackTraceElement> stackAtLimit(PoolTask<?> task, Thread runner) {
    return List.of();
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
  public Runnable waitsFor(TaskHome other) {
    return () -> {};
  }

  @Override
  public void goesOn(PoolTask<?> task, boolean keepsPlace) {
    told.add(keepsPlace ? "keeps a place" : "goes on");
  }

  @Override
  public void leftStage(PoolTask<?> task) {
    told.add("left the stage");
  }

  @Override
  public CancellationException stopped() {
    return new CancellationException("the pool was stopped");
  }

  // ---- of batches

  @Override
  public int maxWorkers() {
    return maxWorkers;
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
  public void admitBatch(Feed<?> batch, TaskSite site) {
    told.add("admitted");
  }

  @Override
  public void fed(Feed<?> batch) {
    told.add("fed");
  }

  @Override
  public void submitChunk(ChunkTask chunk, boolean isAdmitted) {
    if (refuses) {
      throw new RejectedExecutionException("refused");
    }
    chunks.add(chunk);
  }

  @Override
  public void countRefused(int elements) {
    told.add("refused " + elements);
  }

  @Override
  public boolean isStopped() {
    return false;
  }

  // ---- of crews

  @Override
  public void runTask(PoolTask<?> task, Worker worker) {
    task.run();
  }

  @Override
  public void workerStarts(Worker worker) {
    // Tests ask for ends alone.
  }

  @Override
  public void workerEnded(Worker worker) {
    // Told of its end once.
  }

  @Override
  public void workerEnds() {
    told.add("worker ends");
  }

  @Override
  public String toString() {
    return "pool \"fake\"";
  }
}
