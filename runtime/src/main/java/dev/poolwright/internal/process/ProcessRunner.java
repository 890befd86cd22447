package dev.poolwright.internal.process;

import dev.poolwright.TaskView;
import dev.poolwright.WorkerView;
import dev.poolwright.annotation.setting.PoolSetting;
import dev.poolwright.internal.batch.ChunkTask;
import dev.poolwright.internal.crew.Crew;
import dev.poolwright.internal.crew.Worker;
import dev.poolwright.internal.life.Life;
import dev.poolwright.internal.parcel.ChunkParcel;
import dev.poolwright.internal.parcel.Parcel;
import dev.poolwright.internal.parcel.Parcels;
import dev.poolwright.internal.pool.PoolSettings;
import dev.poolwright.internal.pool.Runner;
import dev.poolwright.internal.process.jvm.WorkerJvm;
import dev.poolwright.internal.process.start.Machine;
import dev.poolwright.internal.task.PoolTask;
import dev.poolwright.internal.time.Nanos;
import dev.poolwright.internal.wire.CallHeader;
import dev.poolwright.internal.wire.FrameTooLargeException;
import dev.poolwright.internal.wire.Outcomes.Ending;
import dev.poolwright.internal.wire.PayloadBuffer;
import dev.poolwright.internal.wire.ProtocolDesyncException;
import dev.poolwright.spi.CallSiteSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Worker threads drive worker JVMs: each borrows one, sends a call, waits for its outcome and gives
 * it back. A run is stopped by killing its worker JVM.
 */
public final class ProcessRunner implements Runner {
  /** A worker that died before it started a call is replaced this often. */
  static final int MOST_TRIES = 3;

  /** Longest wait for a stack that somebody wants to see. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private static final int HEADER_BYTES = 1 << 16;
  private static final String KIND = "process";

  private final Life life;
  private final PoolSettings settings;
  private final Workers workers;
  private final Parcels parcels;
  private final long graceNanos;
  private final long stuckDumpNanos;
  private final AtomicLong calls = new AtomicLong();
  private final Map<Thread, Drive> drives = new ConcurrentHashMap<>();

  /**
   * No worker JVMs yet.
   *
   * @param life what the pool shares with others
   * @param settings of the pool, resolved
   */
  public ProcessRunner(Life life, PoolSettings settings) {
    this(life, settings, new Machine());
  }

  ProcessRunner(Life life, PoolSettings settings, Machine machine) {
    this.life = life;
    this.settings = settings;
    this.workers = new Workers(life, settings, machine);
    this.parcels = new Parcels(life, settings);
    this.stuckDumpNanos = Nanos.of(settings.duration(PoolSetting.STUCK_DUMP));
    this.graceNanos = Nanos.of(settings.duration(PoolSetting.CANCEL_GRACE));
  }

  @Override
  public Where where() {
    return Where.OTHER_JVM;
  }

  @Override
  public void check(CallSiteSpec<?> spec) {
    parcels.check(spec, KIND, "worker JVM");
    if (spec.isModulesNeeded() && settings.words(PoolSetting.MODULES).isEmpty()) {
      throw parcels.refused(
          spec,
          KIND,
          spec.type().getName()
              + " has no accessible constructor without parameters, and the pool has no modules;"
              + " add one, or name Guice modules or Spring configurations in @ProcessPool(modules ="
              + " ...)");
    }
    String problem = workers.classProblem(spec.type());
    if (problem != null) {
      throw parcels.refused(spec, KIND, problem);
    }
  }

  @Override
  public List<WorkerView> workers(Map<String, TaskView> running) {
    return workers.views(running);
  }

  // ---- submit

  @Override
  public void check() {
    workers.breaker().check();
  }

  @Override
  public void prepare(ChunkTask chunk) {
    parcels.prepare(chunk);
  }

  @Override
  public void prepare(PoolTask<?> task) {
    parcels.prepare(task);
  }

  @Override
  public void identify(PoolTask<?> task, Thread runner) {
    Drive drive = drives.get(runner);
    if (drive != null && drive.placeOf(task) >= 0) {
      drive.identify(task);
    }
  }

  @Override
  public List<StackTraceElement> stack(PoolTask<?> task, Thread runner) {
    return stack(task, runner, LOOK_NANOS);
  }

  @Override
  public List<StackTraceElement> stackAtLimit(PoolTask<?> task, Thread runner) {
    return stuckDumpNanos == 0 ? List.of() : stack(task, runner, stuckDumpNanos);
  }

  private List<StackTraceElement> stack(PoolTask<?> task, Thread runner, long nanos) {
    Drive drive = drives.get(runner);
    int place = drive == null ? -1 : drive.placeOf(task);
    return drive == null || place < 0 ? List.of() : drive.stack(place, nanos);
  }

  // ---- run

  @Override
  public void run(PoolTask<?> task, Worker driver) {
    if (task instanceof ChunkTask chunk) {
      runChunk(chunk, driver);
      return;
    }
    new CallRun(this, workers, task, driver).run();
  }

  private void runChunk(ChunkTask chunk, Worker driver) {
    if (chunk.call() instanceof ChunkParcel parcel && chunk.begin()) {
      try {
        new ChunkRun(this, workers, chunk, driver).run(parcel);
      } catch (Throwable e) {
        chunk.elements().forEach(element -> element.completeExceptionally(e));
      } finally {
        driver.driving(false);
        chunk.runIsOver();
      }
    }
  }

  long nextCall() {
    return calls.incrementAndGet();
  }

  Map<Thread, Drive> drives() {
    return drives;
  }

  /** A worker that talks nonsense is alive and of no use; one that does not talk is dying. */
  static void killIfLost(WorkerJvm worker, IOException failure) {
    if (failure instanceof ProtocolDesyncException || failure instanceof FrameTooLargeException) {
      worker.killProcess();
    } else {
      worker.killProcessSoon();
    }
  }

  static ByteBuffer header(PoolTask<?> task, Parcel parcel) {
    CallHeader header = Parcels.header(task, parcel);
    PayloadBuffer out = new PayloadBuffer();
    out.limitTo((long) HEADER_BYTES + header.shared().remaining());
    header.write(out);
    return out.toByteBuffer();
  }

  /** Reads an answer. */
  Ending read(PoolTask<?> task, Parcel parcel, WorkerJvm worker, ByteBuffer bytes)
      throws IOException {
    Ending outcome = parcels.read(task, parcel, worker.label(), bytes);
    workers.breaker().succeeded();
    return outcome;
  }

  // ---- stop

  @Override
  public void stop(PoolTask<?> task, Thread runner) {
    parcels.stop(task, runner);
    Drive drive = drives.get(runner);
    int place = drive == null ? -1 : drive.placeOf(task);
    if (drive == null || place < 0) {
      workers.stopStart(task); // Between two tries: the next one finds the task ended.
    } else {
      stop(drive, place);
    }
  }

  @Override
  public void withdrawn(PoolTask<?> task) {
    workers.stopStart(task);
  }

  /** Stops one element of a frame, and no other. */
  void stop(Drive drive, int place) {
    if (graceNanos > 0) {
      drive.interrupt(
          place,
          life.deadlines(),
          graceNanos,
          () -> life.workThreads().execute(() -> drive.kill(place)));
    } else {
      drive.kill(place);
    }
  }

  // ---- life cycle

  @Override
  public void prestart(Crew crew, int count) {
    workers.prestart(count);
  }

  @Override
  public void shutdown() {
    workers.shutdown();
    parcels.shutdown();
  }

  @Override
  public void retireIdle() {
    workers.retireIdle();
  }

  @Override
  public void stopStarts() {
    workers.stop();
  }

  @Override
  public void stopUnseen(Crew crew) {
    drives.values().forEach(Drive::stop);
    parcels.stopAll();
  }

  @Override
  public void kill() {
    workers.kill();
  }

  @Override
  public void killAtExit() {
    workers.killAtExit();
  }

  @Override
  public void close() {
    workers.close();
    parcels.close();
  }

  @Override
  public boolean isGone() {
    return workers.isGone();
  }

  @Override
  public boolean awaitGone(long nanos) throws InterruptedException {
    return workers.awaitGone(nanos);
  }

  @Override
  public long started(long threads) {
    return workers.started();
  }

  @Override
  public long crashed() {
    return workers.crashed();
  }
}
