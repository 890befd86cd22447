package dev.poolwright.internal.pool;

import dev.poolwright.Batch;
import dev.poolwright.CallOption;
import dev.poolwright.JobFunction;
import dev.poolwright.MapOption;
import dev.poolwright.Pool;
import dev.poolwright.PoolStats;
import dev.poolwright.Task;
import dev.poolwright.annotation.PoolKind;
import dev.poolwright.annotation.setting.PoolSetting;
import dev.poolwright.internal.batch.BatchFeed;
import dev.poolwright.internal.batch.BatchHome;
import dev.poolwright.internal.batch.BatchInputs;
import dev.poolwright.internal.batch.ChunkTask;
import dev.poolwright.internal.batch.PoolBatch;
import dev.poolwright.internal.crew.Crew;
import dev.poolwright.internal.crew.CrewLimits;
import dev.poolwright.internal.crew.OutcomeCounts;
import dev.poolwright.internal.crew.WorkerThread;
import dev.poolwright.internal.life.Closing;
import dev.poolwright.internal.life.Life;
import dev.poolwright.internal.life.OwnThread;
import dev.poolwright.internal.life.Visit;
import dev.poolwright.internal.task.HandWork;
import dev.poolwright.internal.task.Outcome;
import dev.poolwright.internal.task.PoolTask;
import dev.poolwright.internal.task.SubmitSites;
import dev.poolwright.internal.task.TaskHome;
import dev.poolwright.internal.task.TaskSite;
import dev.poolwright.internal.time.Nanos;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What pools of every kind have in common: a crew of worker threads and the methods of an executor.
 * A kind of pool says how a worker runs a task, and how a run is stopped.
 */
public abstract class EnginePool implements Pool, TaskHome, BatchHome, Crew.Owner, Life.Member {

  private final Life life;
  private final PoolSettings settings;
  private final Crew crew;
  private final OutcomeCounts counts = new OutcomeCounts();
  final TaskSite handSite;
  private final Set<BatchFeed<?>> feeding = ConcurrentHashMap.newKeySet();
  private final Elsewhere elsewhere = new Elsewhere();

  /**
   * A pool without workers.
   *
   * @param life what it shares with other pools
   * @param settings resolved
   */
  protected EnginePool(Life life, PoolSettings settings) {
    this(life, settings, limits(settings));
  }

  EnginePool(Life life, PoolSettings settings, CrewLimits limits) {
    this.life = life;
    this.settings = settings;
    this.crew = new Crew(this, life, limits);
    this.handSite = TaskSite.ofHandWork(this, settings.timeout());
  }

  private static CrewLimits limits(PoolSettings settings) {
    return new CrewLimits(
        settings.maxWorkers(),
        settings.number(PoolSetting.QUEUE_CAPACITY),
        settings.whenSaturated(),
        Nanos.of(settings.duration(PoolSetting.KEEP_ALIVE)));
  }

  // ---- what a kind of pool says

  /** A task was ended from outside before a worker ran it; one may be looking for the means to. */
  protected void endedBeforeRun(PoolTask<?> task) {}

  /** The pool stops: nothing that a task would need is started from now on. */
  protected void stopStarts() {}

  /** The pool stops, and every task is done: ends runs that go on unseen. */
  protected void stopRuns() {}

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

  private void runHere(PoolTask<?> task) {
    Visit visit = Visit.begin(life);
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

  /** The resolved settings. */
  public final PoolSettings settings() {
    return settings;
  }

  /** The workers, and the queue. */
  protected final Crew crew() {
    return crew;
  }

  // ---- what the crew asks

  @Override
  public void workerEnds() {}

  // ---- what a task asks

  @Override
  public final Life life() {
    return life;
  }

  @Override
  public final void count(Outcome outcome) {
    counts.add(outcome);
  }

  @Override
  public final @Nullable Runnable lendPlace() {
    return Thread.currentThread() instanceof OwnThread own && own.life() == life
        ? own.lendPlace(crew)
        : null;
  }

  @Override
  public final void withdrawn(PoolTask<?> task) {
    try {
      crew.remove(task);
    } finally {
      endedBeforeRun(task);
    }
  }

  @Override
  public final void goesOn(PoolTask<?> task, boolean keepsPlace) {
    life.activity().hold();
    if (keepsPlace && Thread.currentThread() instanceof WorkerThread own && own.crew() == crew) {
      crew.keepPlace(task);
    }
    elsewhere.add(task);
  }

  @Override
  public final void leftStage(PoolTask<?> task) {
    crew.freePlace(task);
    elsewhere.remove(task);
    life.activity().release();
  }

  @Override
  public final CancellationException stopped() {
    return new CancellationException(this + " was stopped");
  }

  // ---- what a batch asks

  @Override
  public final int maxWorkers() {
    return settings.maxWorkers();
  }

  @Override
  public boolean isDirect() {
    return false;
  }

  @Override
  public final boolean leavesStages() {
    return kind() == PoolKind.THREAD;
  }

  @Override
  public Executor feedThreads() {
    return life.workThreads();
  }

  @Override
  public void submitChunk(ChunkTask chunk, boolean isAdmitted) {
    crew.acceptChunk(chunk, isAdmitted);
  }

  @Override
  public final void admitBatch(BatchFeed<?> batch, TaskSite site) {
    crew.acceptBatch(site);
    feeding.add(batch);
    if (elsewhere.isStopped()) {
      boolean unused = batch.stop(stopped()); // Whoever stopped the pool may not have seen it.
    }
  }

  @Override
  public final void fed(BatchFeed<?> batch) {
    if (feeding.remove(batch)) {
      crew.callerRan();
    }
  }

  @Override
  public final void countRefused(int elements) {
    crew.countRefused(elements);
  }

  @Override
  public final boolean isStopped() {
    return elsewhere.isStopped();
  }

  // ---- what its life with other pools asks

  @Override
  public final void wakeSubmitters() {
    crew.wakeSubmitters();
  }

  @Override
  public final void stopQueued() {
    elsewhere.stop();
    List<PoolTask<?>> queued = crew.queued();
    feeding.forEach(batch -> batch.stop(stopped()));
    queued.forEach(PoolTask::stopNow);
    // Later than that: a worker that cannot start one task would take and fail the next.
    stopStarts();
  }

  @Override
  public final void stopRunning() {
    crew.runningTasks().forEach(PoolTask::stopNow);
    elsewhere.toList().forEach(PoolTask::stopNow);
    stopRuns();
  }

  @Override
  public final void cancelQueued() {
    crew.queued().forEach(PoolTask::stopNow);
  }

  @Override
  public void killWorkers() {}

  @Override
  public void endWorkers(long nanos) throws InterruptedException {}

  @Override
  public final void allEnded() {
    crew.shutdown();
  }

  @Override
  public final boolean awaitEnd(long nanos) throws InterruptedException {
    return awaitTermination(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public final List<String> unfinished() {
    return Stream.of(
            describe(crew.runningTasks(), "running in " + this),
            describe(elsewhere.toList(), "running outside the workers of " + this),
            describe(crew.queued(), "queued in " + this))
        .flatMap(descriptions -> descriptions)
        .toList();
  }

  private static Stream<String> describe(List<PoolTask<?>> tasks, String what) {
    return tasks.stream()
        .flatMap(task -> task.members().stream())
        .map(task -> task.name() + " (" + what + ")");
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
    return stats(crew.figures().started(), 0);
  }

  /** The same, with the figures of worker JVMs. */
  protected final PoolStats stats(long workersStarted, long workersCrashed) {
    Crew.Figures now = crew.figures();
    return new PoolFigures(
        name(),
        kind(),
        maxWorkers(),
        now.workers(),
        now.running(),
        now.queued(),
        now.overCapacity(),
        now.lent(),
        now.submitted(),
        counts.succeeded(),
        counts.failed(),
        counts.cancelled(),
        now.rejected(),
        workersStarted,
        workersCrashed);
  }

  /** Opens a call site of this pool. */
  public <T> CallSite<T> open(CallSiteSpec<T> spec) {
    return new PoolCallSite<>(this, TaskSite.of(this, settings.timeout(), spec), spec.isStatic());
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
            this,
            site.named(name),
            null,
            Rows.of(inputs),
            row -> new HandWork.OfFunction<>(fn, row.next()));
    return PoolBatch.start(source, options);
  }

  @Override
  public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks)
      throws InterruptedException {
    return new Invocations(this, handSite, Nanos.MOST).all(tasks);
  }

  @Override
  public <T> List<Future<T>> invokeAll(
      Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
      throws InterruptedException {
    return new Invocations(this, handSite, Nanos.of(timeout, unit)).all(tasks);
  }

  @Override
  public <T> T invokeAny(Collection<? extends Callable<T>> tasks)
      throws InterruptedException, ExecutionException {
    return new Invocations(this, handSite, Nanos.MOST).any(tasks);
  }

  @Override
  public <T> T invokeAny(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    return new Invocations(this, handSite, Nanos.of(timeout, unit)).anyInTime(tasks);
  }

  // ---- life cycle

  @Override
  public void shutdown() {
    crew.shutdown();
  }

  @Override
  public List<Runnable> shutdownNow() {
    crew.shutdown();
    List<PoolTask<?>> seen =
        crew.queued().stream().flatMap(task -> task.members().stream()).toList();
    stopQueued();
    stopRunning();
    return seen.stream().filter(PoolTask::isWithdrawn).map(Runnable.class::cast).toList();
  }

  @Override
  public boolean isShutdown() {
    return crew.isShutdown() || life.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return crew.isTerminated();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return crew.awaitTermination(Nanos.of(timeout, unit));
  }

  @Override
  public void close() {
    Closing.close(life, "pool " + name(), this::shutdown, this::shutdownNow, this::await);
  }

  private boolean await(long nanos) throws InterruptedException {
    return awaitTermination(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public String toString() {
    return "pool \"" + name() + "\"";
  }
}
