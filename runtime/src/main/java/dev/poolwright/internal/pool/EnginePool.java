package dev.poolwright.internal.pool;

import dev.poolwright.BrokenPoolException;
import dev.poolwright.PoolStats;
import dev.poolwright.Task;
import dev.poolwright.TaskView;
import dev.poolwright.WorkerView;
import dev.poolwright.annotation.PoolKind;
import dev.poolwright.annotation.setting.PoolSetting;
import dev.poolwright.internal.batch.BatchHome;
import dev.poolwright.internal.batch.ChunkTask;
import dev.poolwright.internal.batch.Feed;
import dev.poolwright.internal.crew.Crew;
import dev.poolwright.internal.crew.CrewFigures;
import dev.poolwright.internal.crew.CrewLimits;
import dev.poolwright.internal.crew.OutcomeCounts;
import dev.poolwright.internal.crew.Worker;
import dev.poolwright.internal.life.Closing;
import dev.poolwright.internal.life.Lender;
import dev.poolwright.internal.life.Life;
import dev.poolwright.internal.pool.Runner.Where;
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
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A pool: a crew of worker threads, the methods of an executor, and a {@link Runner}, which has all
 * that differs by kind.
 */
public final class EnginePool implements HandSubmits, TaskHome, BatchHome, Crew.Owner, Life.Member {

  private static final int MOST_LENT = 256;

  private final Life life;
  private final PoolSettings settings;
  private final Runner runner;
  private final Runner.Where where;
  private final LocalRuns localRuns;
  private final Executor stages;
  private final Crew crew;
  private final OutcomeCounts counts = new OutcomeCounts();
  private final TaskSite handSite;
  private final Set<Feed<?>> feeding = ConcurrentHashMap.newKeySet();
  private final Elsewhere elsewhere = new Elsewhere();
  private final Intake intake;

  /**
   * A pool without workers.
   *
   * @param life what it shares with other pools
   * @param settings resolved
   * @param runner runs its tasks, and those of no other pool
   */
  public EnginePool(Life life, PoolSettings settings, Runner runner) {
    this.life = life;
    this.settings = settings;
    this.runner = runner;
    this.where = runner.where();
    this.crew = new Crew(this, life, limits(settings));
    this.intake = new Intake(life, runner, crew, elsewhere);
    this.localRuns = new LocalRuns(life);
    this.stages = where == Where.OTHER_JVM ? this::executeStage : this;
    this.handSite =
        TaskSite.ofHandWork(this, settings.timeout(), settings.number(PoolSetting.RETRIES));
  }

  private static CrewLimits limits(PoolSettings settings) {
    boolean isVirtual = settings.kind() == PoolKind.VIRTUAL;
    return new CrewLimits(
        settings.maxWorkers(),
        settings.number(PoolSetting.QUEUE_CAPACITY),
        settings.whenSaturated(),
        Nanos.of(settings.duration(PoolSetting.KEEP_ALIVE)),
        settings.areThreadsVirtual(),
        isVirtual ? Math.max(MOST_LENT, settings.maxWorkers()) : MOST_LENT);
  }

  /** Starts the workers that the settings ask for. */
  public void prestart() {
    runner.prestart(crew, settings.prestart());
  }

  // ---- what the crew asks

  @Override
  public void runTask(PoolTask<?> task, Worker worker) {
    runner.run(task, worker);
  }

  @Override
  public void workerStarts(Worker worker) {
    if (where == Where.WORKER_THREAD) {
      life.listeners().workerStarted(name(), kind(), worker.thread().getName(), 0);
    }
  }

  @Override
  public void workerEnded(Worker worker) {
    if (where == Where.WORKER_THREAD) {
      String reason = isShutdown() ? "shutdown" : "idle";
      life.listeners().workerEnded(name(), kind(), worker.thread().getName(), 0, reason, false);
    }
  }

  @Override
  public void workerEnds() {
    if (crew.isTerminated()) {
      runner.close();
    } else if (isShutdown()) {
      runner.retireIdle();
    }
  }

  // ---- what a task asks

  @Override
  public Life life() {
    return life;
  }

  @Override
  public void count(Outcome outcome) {
    counts.add(outcome);
  }

  @Override
  public @Nullable Runnable lendPlace() {
    Lender own = life.ownThread();
    return own == null ? null : own.lendPlace(crew);
  }

  @Override
  public Runnable waitsFor(TaskHome other) {
    return other instanceof EnginePool pool && pool.life == life
        ? life.waits().beginStage(crew, pool.crew)
        : () -> {};
  }

  @Override
  public void withdrawn(PoolTask<?> task) {
    try {
      intake.withdrawn(task);
    } finally {
      runner.withdrawn(task);
    }
  }

  @Override
  public void goesOn(PoolTask<?> task, boolean keepsPlace) {
    life.activity().hold();
    Worker own = keepsPlace ? Worker.current(life) : null;
    if (own != null && own.crew() == crew) {
      crew.keepPlace(task);
    }
    elsewhere.add(task);
  }

  @Override
  public void leftStage(PoolTask<?> task) {
    crew.freePlace(task);
    elsewhere.remove(task);
    life.activity().release();
  }

  @Override
  public void stopRun(PoolTask<?> task, Thread thread) {
    runner.stop(task, thread);
  }

  @Override
  public void identify(PoolTask<?> task, Thread thread) {
    runner.identify(task, thread);
  }

  @Override
  public List<StackTraceElement> stackOf(PoolTask<?> task, Thread thread) {
    return runner.stack(task, thread);
  }

  @Override
  public List<StackTraceElement> stackAtLimit(PoolTask<?> task, Thread thread) {
    return runner.stackAtLimit(task, thread);
  }

  @Override
  public boolean doCallbacksWaitForRun() {
    return where == Where.OTHER_JVM;
  }

  @Override
  public Executor stageExecutor() {
    return stages;
  }

  /** As an executor that has ended refuses them; until then, also after the shutdown. */
  private void executeStage(Runnable stage) {
    if (life.isTerminated()) {
      throw new RejectedExecutionException(this + " rejected a stage: all pools have ended");
    }
    life.callbackThreads().execute(stage);
  }

  @Override
  public CancellationException stopped() {
    return settings.stopped();
  }

  // ---- what a batch asks

  @Override
  public int maxWorkers() {
    return settings.maxWorkers();
  }

  @Override
  public boolean isDirect() {
    return where == Where.CALLER;
  }

  @Override
  public boolean leavesStages() {
    return where != Where.OTHER_JVM;
  }

  @Override
  public Executor feedThreads() {
    return where == Where.OTHER_JVM ? life.callbackThreads() : life.workThreads();
  }

  @Override
  public void submitChunk(ChunkTask chunk, boolean isAdmitted) {
    intake.submitChunk(chunk, isAdmitted);
  }

  @Override
  public void admitBatch(Feed<?> batch, TaskSite site) {
    crew.acceptBatch(site);
    feeding.add(batch);
    if (elsewhere.isStopped()) {
      boolean unused = batch.stop(stopped()); // Whoever stopped the pool may not have seen it.
    }
  }

  @Override
  public void fed(Feed<?> batch) {
    if (feeding.remove(batch)) {
      crew.callerRan();
    }
  }

  @Override
  public void countRefused(int elements) {
    crew.countRefused(elements);
  }

  @Override
  public boolean isStopped() {
    return elsewhere.isStopped();
  }

  // ---- what its life with other pools asks

  @Override
  public void wakeSubmitters() {
    crew.wakeSubmitters();
  }

  @Override
  public void stopQueued() {
    elsewhere.stop();
    List<PoolTask<?>> handed = intake.stopHanded();
    List<PoolTask<?>> queued = crew.queued();
    feeding.forEach(batch -> batch.stop(stopped()));
    queued.forEach(PoolTask::stopNow);
    handed.forEach(PoolTask::stopNow);
    // Later than that: a worker that cannot start one task would take and fail the next.
    runner.stopStarts();
  }

  @Override
  public void stopRunning() {
    crew.runningTasks().forEach(PoolTask::stopNow);
    outsideWorkers().forEach(PoolTask::stopNow);
    runner.stopUnseen(crew);
    localRuns.stop();
  }

  @Override
  public void cancelQueued() {
    crew.queued().forEach(PoolTask::stopNow);
  }

  @Override
  public void killWorkers() {
    runner.killAtExit();
  }

  @Override
  public void awaitKilled(long nanos) throws InterruptedException {
    runner.kill();
    runner.close();
    boolean unused = runner.awaitGone(nanos);
  }

  @Override
  public void allEnded() {
    crew.shutdown();
  }

  @Override
  public boolean awaitEnd(long nanos) throws InterruptedException {
    return awaitTermination(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public List<String> notDone() {
    String runnable = "Runnable (running outside the workers of " + this + ")";
    return Stream.concat(
            describe(task -> task.members().stream().filter(member -> !member.isDone())),
            Collections.nCopies(localRuns.count(), runnable).stream())
        .toList();
  }

  @Override
  public List<String> unfinished() {
    // A chunk whose elements are all done may run on.
    return describe(task -> task.members().isEmpty() ? Stream.of(task) : task.members().stream())
        .toList();
  }

  private Stream<String> describe(Function<PoolTask<?>, Stream<PoolTask<?>>> members) {
    return Stream.of(
            describe(crew.runningTasks(), members, "running in "),
            describe(outsideWorkers(), members, "running outside the workers of "),
            describe(crew.queued(), members, "queued in "),
            describe(intake.handed(), members, "queued in "))
        .flatMap(descriptions -> descriptions);
  }

  /** Begun tasks that no worker runs. */
  private List<PoolTask<?>> outsideWorkers() {
    return Stream.concat(crew.here().stream(), elsewhere.toList().stream()).distinct().toList();
  }

  @Override
  public List<Thread> unlisted() {
    return crew.virtualThreads();
  }

  private Stream<String> describe(
      List<PoolTask<?>> tasks, Function<PoolTask<?>, Stream<PoolTask<?>>> members, String where) {
    return tasks.stream().flatMap(members).map(task -> task.name() + " (" + where + this + ")");
  }

  // ---- Pool

  @Override
  public List<TaskView> tasks() {
    return Stream.concat(crew.runningTasks().stream(), outsideWorkers().stream())
        .flatMap(PoolTask::runningViews)
        .toList();
  }

  @Override
  public List<WorkerView> workers() {
    return where == Where.OTHER_JVM ? runner.workers(tasksByWorker()) : crew.workers();
  }

  private Map<String, TaskView> tasksByWorker() {
    Map<String, TaskView> all = new HashMap<>();
    for (TaskView each : tasks()) {
      String worker = each.worker();
      if (worker != null) {
        all.putIfAbsent(worker, each);
      }
    }
    return all;
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public PoolKind kind() {
    return settings.kind();
  }

  @Override
  public PoolStats stats() {
    CrewFigures now = crew.figures();
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
        runner.started(now.started()),
        runner.crashed(),
        settings.number(PoolSetting.QUEUE_CAPACITY),
        broken());
  }

  private @Nullable String broken() {
    try {
      runner.check();
      return null;
    } catch (BrokenPoolException e) {
      return e.getMessage();
    }
  }

  /** Opens a call site of this pool. */
  public <T> CallSite<T> open(CallSiteSpec<T> spec) {
    runner.check(spec);
    return new PoolCallSite<>(this, TaskSite.of(handSite, spec), spec.isStatic());
  }

  /** Submits a call that came from elsewhere. */
  @SuppressWarnings("unchecked") // Whoever made the call knows its result.
  public Task<Object> submitCall(TaskSite site, @Nullable Object target, Call<?, ?> call) {
    PoolTask<Object> task = new PoolTask<>(site, target, (Call<?, Object>) call);
    intake.submit(task);
    return task;
  }

  @Override
  public EnginePool pool() {
    return this;
  }

  @Override
  public TaskSite site() {
    return handSite;
  }

  /** Submits a task that is ready, and notes where, if that is asked for. */
  void submitTask(PoolTask<?> task) {
    SubmitSites.mark(task);
    intake.submit(task);
  }

  /** Runs work that nobody waits for: in this JVM in any case, as nobody knows if it travels. */
  @SuppressWarnings("NullAway") // The result of a Runnable is null, as its type says.
  void execute(TaskSite site, Runnable work) {
    Objects.requireNonNull(work, "work");
    if (where == Where.OTHER_JVM) {
      crew.refuseIfShutDown("a Runnable");
      localRuns.execute(work);
      return;
    }
    Task<?> unused = submitByHand(site, new HandWork.OfRunnable<@Nullable Object>(work, null));
  }

  <T extends @Nullable Object> Task<T> submitByHand(TaskSite site, Call<?, T> call) {
    PoolTask<T> task = new PoolTask<>(site.capturing(), null, call);
    submitTask(task);
    return task;
  }

  // ---- life cycle

  @Override
  public void shutdown() {
    runner.shutdown();
    crew.shutdown();
    if (crew.isTerminated()) {
      runner.close();
    }
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

  /** Its workers belong to it; where no worker thread ended last, nobody has them end before. */
  @Override
  public boolean isTerminated() {
    if (!crew.isTerminated()) {
      return false;
    }
    runner.close();
    return runner.isGone();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    long nanos = Nanos.of(timeout, unit);
    long deadline = life.clock().deadline(nanos);
    if (!crew.awaitTermination(nanos)) {
      return false;
    }
    runner.close();
    return runner.awaitGone(life.clock().left(deadline));
  }

  @Override
  public void close() {
    Closing.close(life, "pool " + name(), this::shutdown, this::shutdownNow, this::awaitEnd);
  }

  @Override
  public String toString() {
    return "pool \"" + name() + "\"";
  }
}
