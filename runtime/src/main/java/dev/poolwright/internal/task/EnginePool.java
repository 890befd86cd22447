package dev.poolwright.internal.task;

import dev.poolwright.Batch;
import dev.poolwright.CallOption;
import dev.poolwright.JobFunction;
import dev.poolwright.MapOption;
import dev.poolwright.Pool;
import dev.poolwright.PoolStats;
import dev.poolwright.Task;
import dev.poolwright.annotation.PoolKind;
import dev.poolwright.spi.Call;
import dev.poolwright.spi.CallSite;
import dev.poolwright.spi.CallSiteSpec;
import dev.poolwright.spi.Rows;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What pools of every kind have in common: a crew of worker threads and the methods of an executor.
 * A kind of pool says how a worker runs a task, and how a run is stopped.
 */
public abstract class EnginePool implements Pool {

  private final Engine engine;
  private final PoolSettings settings;
  private final Crew crew;
  private final OutcomeCounts counts = new OutcomeCounts();
  final TaskSite handSite;
  private final Set<BatchFeed<?>> feeding = ConcurrentHashMap.newKeySet();
  private final Elsewhere elsewhere = new Elsewhere();

  /**
   * A pool without workers.
   *
   * @param engine what it shares with other pools
   * @param settings resolved
   */
  protected EnginePool(Engine engine, PoolSettings settings) {
    this(engine, settings, CrewLimits.of(settings));
  }

  EnginePool(Engine engine, PoolSettings settings, CrewLimits limits) {
    this.engine = engine;
    this.settings = settings;
    this.crew = new Crew(this, limits);
    this.handSite = TaskSite.ofHandWork(this);
  }

  // ---- what a kind of pool says

  /** Runs a task on a worker, from {@link PoolTask#begin} to {@link PoolTask#runEnded}. */
  protected abstract void runTask(PoolTask<?> task, WorkerThread worker);

  /** Stops the run of a task: interrupts its thread, or kills its worker JVM. Must not block. */
  protected abstract void stopRun(PoolTask<?> task, Thread runner);

  /** A task was ended from outside before a worker ran it; one may be looking for the means to. */
  protected void endedBeforeRun(PoolTask<?> task) {}

  /** The pool stops: nothing that a task would need is started from now on. */
  protected void stopStarts() {}

  /** The pool stops, and every task is done: ends runs that go on unseen. */
  protected void stopRuns() {}

  /**
   * Kills every process of a pool that was stopped, and waits until none is left, which takes
   * moments; threads of the pool may be still there.
   *
   * @param nanos longest wait
   */
  public void endWorkers(long nanos) throws InterruptedException {}

  /** Whether callbacks of a stopped task wait until its run has really ended. */
  protected abstract boolean doCallbacksWaitForRun();

  /** Runs stages, and Runnables that nobody can name. */
  protected abstract Executor stageExecutor();

  /** Feeds batches on; where calls are serialized for that, foreign code runs. */
  protected Executor feedThreads() {
    return engine.workThreads();
  }

  /** Ends worker JVMs at once, because the JVM exits. */
  protected abstract void killWorkers();

  /** Queues a task, or runs it as the policy says. */
  protected void submitTask(PoolTask<?> task) {
    if (!crew.accept(task)) {
      runHere(task);
    }
  }

  /**
   * Refuses work that needs no worker, and counts that, when the pool is shut down.
   *
   * @param what the work is, for the message
   */
  protected final void refuseIfShutDown(String what) {
    crew.refuseIfShutDown(what);
  }

  /** Runs a task on the calling thread, whatever the policy says. */
  protected final void submitHere(PoolTask<?> task) {
    crew.acceptHere(task);
    runHere(task);
  }

  /**
   * Lets a task in, prepares it on the calling thread, and queues it. What the preparation throws
   * is thrown, and the place is free again.
   */
  protected final void submitPrepared(PoolTask<?> task, Runnable preparation) {
    crew.reserve(task);
    boolean isPrepared = false;
    try {
      preparation.run();
      isPrepared = true;
    } finally {
      if (!isPrepared) {
        crew.cancelReserved();
      }
    }
    crew.enqueueReserved(task);
    if (elsewhere.isStopped()) {
      task.stopNow(); // Whoever stopped the pool did not see it.
    }
  }

  /** A worker thread of this pool ends; it is told so outside every lock. */
  protected void workerEnds() {}

  /**
   * Queues a chunk of a batch, without ever waiting for a place.
   *
   * @param isAdmitted whether the batch was let in before
   */
  protected void submitChunk(ChunkTask chunk, boolean isAdmitted) {
    crew.acceptChunk(chunk, isAdmitted);
  }

  /** Whether tasks run on the threads that submit them. */
  protected boolean isDirect() {
    return false;
  }

  /** Lets in a batch that feeds itself until {@link #fed}. */
  final void admitBatch(BatchFeed<?> batch, TaskSite site) {
    crew.acceptBatch(site);
    feeding.add(batch);
    if (elsewhere.isStopped()) {
      boolean unused = batch.stop(stopped()); // Whoever stopped the pool may not have seen it.
    }
  }

  final void fed(BatchFeed<?> batch) {
    if (feeding.remove(batch)) {
      crew.callerRan();
    }
  }

  /** Ends what still feeds itself, because the pool stops. */
  final void stopFeeding() {
    feeding.forEach(batch -> batch.stop(stopped()));
  }

  /** What ends a task that is not done when the pool stops. */
  final CancellationException stopped() {
    return new CancellationException(this + " was stopped");
  }

  private void runHere(PoolTask<?> task) {
    Visit visit = Visit.begin(engine);
    elsewhere.add(task);
    try {
      task.run();
    } finally {
      elsewhere.remove(task);
      visit.end();
      crew.callerRan();
    }
  }

  /** Starts the workers that the settings ask for. */
  public void prestart() {
    crew.prestart(settings.prestart());
  }

  // ---- what the engine asks

  /** What the pool shares with other pools. */
  public final Engine engine() {
    return engine;
  }

  /** The resolved settings. */
  public final PoolSettings settings() {
    return settings;
  }

  final Crew crew() {
    return crew;
  }

  final Elsewhere elsewhere() {
    return elsewhere;
  }

  final void count(Outcome outcome) {
    counts.add(outcome);
  }

  /** A thread of these pools that is about to wait for a task of this one may lend its place. */
  final @Nullable Runnable lendPlace() {
    return Thread.currentThread() instanceof EngineThread own ? own.lendPlace(this) : null;
  }

  /** A task was ended before it ran. */
  final void withdrawn(PoolTask<?> task) {
    try {
      crew.remove(task);
    } finally {
      endedBeforeRun(task);
    }
  }

  /** Keeps the place of the worker that calls for a task that goes on without it. */
  final boolean keepPlace(PoolTask<?> task) {
    boolean isMine = Thread.currentThread() instanceof WorkerThread own && own.crew() == crew;
    if (isMine) {
      crew.keepPlace(task);
    }
    return isMine;
  }

  final void freePlace(PoolTask<?> task) {
    crew.freePlace(task);
  }

  // ---- Pool

  @Override
  public final String name() {
    return settings.name();
  }

  @Override
  public final PoolKind kind() {
    return settings.kind();
  }

  @Override
  public PoolStats stats() {
    return crew.stats(counts, -1, 0);
  }

  /** The same, with the figures of worker JVMs. */
  protected final PoolStats stats(long workersStarted, long workersCrashed) {
    return crew.stats(counts, workersStarted, workersCrashed);
  }

  /** Opens a call site of this pool. */
  public <T> CallSite<T> open(CallSiteSpec<T> spec) {
    return new PoolCallSite<>(TaskSite.of(this, spec), spec.isStatic());
  }

  @Override
  public <T extends @Nullable Object> Task<T> submit(Callable<T> work) {
    return submitByHand(handSite, new HandWork.OfCallable<>(Objects.requireNonNull(work, "work")));
  }

  @Override
  public <T extends @Nullable Object> Task<T> submit(Runnable work, T result) {
    return submitByHand(
        handSite, new HandWork.OfRunnable<>(Objects.requireNonNull(work, "work"), result));
  }

  @Override
  public final Pool with(CallOption... options) {
    return new PoolView(this, handSite.with(options));
  }

  @Override
  public final void execute(Runnable work) {
    execute(handSite, work);
  }

  /** Runs work that nobody waits for. */
  @SuppressWarnings("NullAway") // The result of a Runnable is null, as its type says.
  protected void execute(TaskSite site, Runnable work) {
    Objects.requireNonNull(work, "work");
    Task<?> unused = submitByHand(site, new HandWork.OfRunnable<@Nullable Object>(work, null));
  }

  final <T extends @Nullable Object> Task<T> submitByHand(TaskSite site, Call<?, T> call) {
    PoolTask<T> task = new PoolTask<>(site, null, call);
    SubmitSites.mark(task);
    submitTask(task);
    return task;
  }

  @Override
  public <A extends @Nullable Object, R extends @Nullable Object> Batch<R> map(
      JobFunction<? super A, ? extends R> fn, Iterable<? extends A> inputs, MapOption... options) {
    return map(handSite, fn, inputs, options);
  }

  final <A extends @Nullable Object, R extends @Nullable Object> Batch<R> map(
      TaskSite site,
      JobFunction<? super A, ? extends R> fn,
      Iterable<? extends A> inputs,
      MapOption... options) {
    Objects.requireNonNull(fn, "fn");
    String name = name() + ".map(" + HandWork.describe(fn.getClass()) + ")";
    BatchInputs<R> source =
        new BatchInputs<>(
            site.named(name),
            null,
            Rows.of(inputs),
            row -> new HandWork.OfFunction<>(fn, row.next()));
    return PoolBatch.start(source, options);
  }

  @Override
  public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks)
      throws InterruptedException {
    return new Invocations(this, handSite, Long.MAX_VALUE).all(tasks);
  }

  @Override
  public <T> List<Future<T>> invokeAll(
      Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
      throws InterruptedException {
    return new Invocations(this, handSite, unit.toNanos(timeout)).all(tasks);
  }

  @Override
  public <T> T invokeAny(Collection<? extends Callable<T>> tasks)
      throws InterruptedException, ExecutionException {
    return new Invocations(this, handSite, Long.MAX_VALUE).any(tasks);
  }

  @Override
  public <T> T invokeAny(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    return new Invocations(this, handSite, unit.toNanos(timeout)).anyInTime(tasks);
  }

  // ---- life cycle

  @Override
  public void shutdown() {
    crew.shutdown();
  }

  @Override
  public List<Runnable> shutdownNow() {
    crew.shutdown();
    elsewhere.stop();
    List<PoolTask<?>> queued = crew.queued();
    List<PoolTask<?>> seen = queued.stream().flatMap(task -> task.members().stream()).toList();
    stopFeeding();
    queued.forEach(PoolTask::stopNow);
    // Later than that: a worker that cannot start one task would take and fail the next.
    stopStarts();
    crew.runningTasks().forEach(PoolTask::stopNow);
    elsewhere.toList().forEach(PoolTask::stopNow);
    stopRuns();
    return seen.stream().filter(PoolTask::isWithdrawn).map(Runnable.class::cast).toList();
  }

  @Override
  public boolean isShutdown() {
    return crew.isShutdown() || engine.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return crew.isTerminated();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return crew.awaitTermination(unit.toNanos(timeout));
  }

  @Override
  public void close() {
    Closing.close(engine, "pool " + name(), this::shutdown, this::shutdownNow, this::await);
  }

  private boolean await(long nanos) throws InterruptedException {
    return awaitTermination(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public String toString() {
    return "pool \"" + name() + "\"";
  }
}
