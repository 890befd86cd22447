package dev.poolwright.internal.process;

import dev.poolwright.PoolStats;
import dev.poolwright.TaskSerializationException;
import dev.poolwright.annotation.setting.PoolSetting;
import dev.poolwright.internal.batch.ChunkTask;
import dev.poolwright.internal.crew.WorkerThread;
import dev.poolwright.internal.life.Life;
import dev.poolwright.internal.pool.EnginePool;
import dev.poolwright.internal.pool.PoolSettings;
import dev.poolwright.internal.task.PoolTask;
import dev.poolwright.internal.task.TaskSite;
import dev.poolwright.internal.time.Nanos;
import dev.poolwright.internal.wire.CallHeader;
import dev.poolwright.internal.wire.FrameTooLargeException;
import dev.poolwright.internal.wire.Outcomes;
import dev.poolwright.internal.wire.Outcomes.Outcome;
import dev.poolwright.internal.wire.PayloadBuffer;
import dev.poolwright.internal.wire.Payloads;
import dev.poolwright.internal.wire.ProtocolDesyncException;
import dev.poolwright.spi.Call;
import dev.poolwright.spi.CallSite;
import dev.poolwright.spi.CallSiteSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A pool whose worker threads drive worker JVMs: each borrows one, sends a call, waits for its
 * outcome and gives it back. A run is stopped by killing its worker JVM.
 */
public final class ProcessPool extends EnginePool {
  /** A worker that died before it started a call is replaced this often. */
  static final int MOST_TRIES = 3;

  private static final int HEADER_BYTES = 1 << 16;

  private final Workers workers;
  private final Payloads payloads;
  private final Outcomes outcomes;
  private final QueuedBytes queuedBytes;
  private final AnswerReaders readers;
  private final long graceNanos;
  private final AtomicLong calls = new AtomicLong();
  private final Executor stages = this::executeStage;
  private final Map<Thread, Drive> drives = new ConcurrentHashMap<>();
  private final Set<LocalRun> localRuns = ConcurrentHashMap.newKeySet();

  /**
   * A pool without worker JVMs.
   *
   * @param life what it shares with other pools
   * @param settings resolved
   */
  public ProcessPool(Life life, PoolSettings settings) {
    super(life, settings);
    this.workers = new Workers(life, settings);
    this.payloads =
        new Payloads(
            settings.words(PoolSetting.ALLOW), (int) settings.bytes(PoolSetting.PAYLOAD_LIMIT));
    this.outcomes = new Outcomes(payloads);
    this.queuedBytes = new QueuedBytes(settings);
    this.readers = new AnswerReaders(settings.name());
    this.graceNanos = Nanos.of(settings.duration(PoolSetting.CANCEL_GRACE));
  }

  @Override
  public <T> CallSite<T> open(CallSiteSpec<T> spec) {
    spec.travelProblem()
        .ifPresent(
            path -> {
              throw new IllegalArgumentException(
                  spec.taskName()
                      + " cannot run on process pool \""
                      + name()
                      + "\": "
                      + path
                      + " cannot travel to a worker JVM; make it Serializable, or use a thread"
                      + " pool");
            });
    if (spec.isModulesNeeded() && settings().words(PoolSetting.MODULES).isEmpty()) {
      throw new IllegalArgumentException(
          spec.taskName()
              + " cannot run on process pool \""
              + name()
              + "\": "
              + spec.type().getName()
              + " has no accessible constructor without parameters, and the pool has no modules;"
              + " add one, or name Guice modules in @ProcessPool(modules = ...)");
    }
    String problem = workers.classProblem(spec.type());
    if (problem != null) {
      throw new IllegalArgumentException(
          spec.taskName() + " cannot run on process pool \"" + name() + "\": " + problem);
    }
    return super.open(spec);
  }

  // ---- submit

  @Override
  protected void submitTask(PoolTask<?> task) {
    workers.breaker().check();
    submitPrepared(task, () -> pack(task));
  }

  @Override
  public void submitChunk(ChunkTask chunk, boolean isAdmitted) {
    workers.breaker().check();
    chunk.prepared(ChunkParcel.of(chunk, payloads, queuedBytes));
    super.submitChunk(chunk, isAdmitted);
  }

  /** Serializes a call; a task whose call cannot be is failed. */
  private void pack(PoolTask<?> task) {
    Call<?, ?> call = task.call();
    if (call == null) {
      return; // Somebody ended it meanwhile.
    }
    String name = task.name();
    try {
      ByteBuffer bytes = payloads.writeCall(name, call);
      queuedBytes.take(task, bytes.remaining(), life().isInsider(), this::isShutdown);
      task.prepared(Parcel.of(call, task.target(), bytes, queuedBytes));
    } catch (TaskSerializationException e) {
      boolean unused = task.completeExceptionally(e);
    }
  }

  /** Runs in this JVM: stages of the JDK and Runnables that nobody waits for cannot travel. */
  @Override
  protected void execute(TaskSite site, Runnable work) {
    Objects.requireNonNull(work, "work");
    refuseIfShutDown("a Runnable");
    LocalRun run = new LocalRun(work, localRuns);
    try {
      life().callbackThreads().execute(run);
    } catch (RejectedExecutionException e) {
      run.drop();
      throw e;
    }
  }

  @Override
  public Executor stageExecutor() {
    return stages;
  }

  /** As an executor that has ended refuses them; until then, also after the shutdown. */
  private void executeStage(Runnable stage) {
    if (life().isTerminated()) {
      throw new RejectedExecutionException(this + " rejected a stage: all pools have ended");
    }
    life().callbackThreads().execute(stage);
  }

  @Override
  public Executor feedThreads() {
    return life().callbackThreads();
  }

  // ---- run

  @Override
  public void runTask(PoolTask<?> task, WorkerThread driver) {
    if (task instanceof ChunkTask chunk) {
      runChunk(chunk, driver);
      return;
    }
    new CallRun(this, workers, task, driver).run();
  }

  private void runChunk(ChunkTask chunk, WorkerThread driver) {
    if (chunk.call() instanceof ChunkParcel parcel && chunk.begin()) {
      try {
        new ChunkRun(this, workers, chunk, driver).run(parcel);
      } finally {
        driver.driving(false);
        boolean unused = chunk.succeed(null);
        chunk.runEnded();
      }
    }
  }

  long nextCall() {
    return calls.incrementAndGet();
  }

  Map<Thread, Drive> drives() {
    return drives;
  }

  /** A worker that talks nonsense is alive and of no use. */
  static void endIfLost(WorkerJvm worker, IOException failure) {
    if (failure instanceof ProtocolDesyncException || failure instanceof FrameTooLargeException) {
      worker.endProcess();
    }
  }

  static ByteBuffer header(PoolTask<?> task, Parcel parcel) {
    PayloadBuffer out = new PayloadBuffer(HEADER_BYTES);
    new CallHeader(
            task.name(),
            parcel.type().getName(),
            parcel.targetClass(),
            task.site().isStage(),
            task.site().limitNanos())
        .write(out);
    return out.toByteBuffer();
  }

  /** Reads an answer. */
  Outcome read(PoolTask<?> task, Parcel parcel, WorkerJvm worker, ByteBuffer bytes)
      throws IOException {
    String name = task.name();
    ClassLoader loader = parcel.loader();
    Outcome outcome = outcomes.readQuickly(name, parcel.type(), loader, worker.label(), bytes);
    if (outcome == null) {
      outcome =
          readers.read(
              task, () -> outcomes.read(name, parcel.type(), loader, worker.label(), bytes));
    }
    workers.breaker().succeeded();
    return outcome;
  }

  /** Ends a run as its answer says. */
  @SuppressWarnings({"unchecked", "NullAway"}) // The call site pairs calls and tasks.
  static void complete(PoolTask<?> task, Outcome outcome) {
    Throwable failure = outcome.failure();
    boolean unused =
        failure == null
            ? ((PoolTask<@Nullable Object>) task).succeed(outcome.value())
            : task.fail(failure);
  }

  // ---- stop

  @Override
  public void stopRun(PoolTask<?> task, Thread runner) {
    readers.leaveBehind(task, runner);
    Drive drive = drives.get(runner);
    int place = drive == null ? -1 : drive.placeOf(task);
    if (drive == null || place < 0) {
      workers.giveUp(task); // Between two tries: the next one finds the task ended.
    } else {
      stop(drive, place);
    }
  }

  @Override
  protected void endedBeforeRun(PoolTask<?> task) {
    workers.giveUp(task);
  }

  /** Stops one element of a frame, and no other. */
  void stop(Drive drive, int place) {
    if (graceNanos > 0) {
      drive.interrupt(
          place,
          life().deadlines(),
          graceNanos,
          () -> life().workThreads().execute(() -> drive.kill(place)));
    } else {
      drive.kill(place);
    }
  }

  @Override
  public boolean doCallbacksWaitForRun() {
    return true;
  }

  // ---- life cycle

  @Override
  public void prestart() {
    workers.prestart(settings().prestart());
  }

  @Override
  public void shutdown() {
    workers.shutdown();
    super.shutdown();
    queuedBytes.wake();
    if (super.isTerminated()) {
      end();
    }
  }

  private void end() {
    workers.end();
    readers.close();
  }

  @Override
  public void workerEnds() {
    if (super.isTerminated()) {
      end();
    } else if (isShutdown()) {
      workers.retireIdle();
    }
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    long deadline = Nanos.deadline(Nanos.of(timeout, unit));
    if (!super.awaitTermination(timeout, unit)) {
      return false;
    }
    end();
    return workers.awaitGone(Nanos.left(deadline));
  }

  /**
   * Its worker JVMs belong to it; where no worker thread ended last, nobody has them end before.
   */
  @Override
  public boolean isTerminated() {
    if (!super.isTerminated()) {
      return false;
    }
    workers.end();
    return workers.isGone();
  }

  @Override
  protected void stopStarts() {
    workers.stop();
  }

  @Override
  protected void stopRuns() {
    drives.values().forEach(Drive::stop);
    localRuns.forEach(LocalRun::stop);
    readers.leaveAllBehind();
  }

  @Override
  public void endWorkers(long nanos) throws InterruptedException {
    workers.kill();
    end();
    boolean unused = workers.awaitGone(nanos);
  }

  @Override
  public void killWorkers() {
    workers.exit();
  }

  @Override
  public PoolStats stats() {
    return stats(workers.started(), workers.crashed());
  }
}
