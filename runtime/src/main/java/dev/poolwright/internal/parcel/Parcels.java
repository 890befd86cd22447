package dev.poolwright.internal.parcel;

import dev.poolwright.TaskSerializationException;
import dev.poolwright.annotation.setting.PoolSetting;
import dev.poolwright.internal.batch.ChunkTask;
import dev.poolwright.internal.crew.Worker;
import dev.poolwright.internal.life.Life;
import dev.poolwright.internal.life.Snapshot;
import dev.poolwright.internal.pool.PoolSettings;
import dev.poolwright.internal.task.PoolTask;
import dev.poolwright.internal.wire.CallHeader;
import dev.poolwright.internal.wire.Outcomes;
import dev.poolwright.internal.wire.Outcomes.Ending;
import dev.poolwright.internal.wire.Payloads;
import dev.poolwright.spi.Call;
import dev.poolwright.spi.CallSiteSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What pools whose workers are in other JVMs have in common: calls are written when they are
 * submitted, and answers are read as those of their tasks.
 *
 * <p><b>Threads:</b> thread-safe.
 */
public final class Parcels {
  private final Life life;
  private final PoolSettings settings;
  private final Payloads payloads;
  private final Outcomes outcomes;
  private final QueuedBytes queuedBytes;
  private final AnswerReaders readers;
  private volatile boolean isShutdown; // Set once.

  /**
   * Those of one pool.
   *
   * @param life what the pool shares with others
   * @param settings of the pool, resolved
   */
  public Parcels(Life life, PoolSettings settings) {
    this.life = life;
    this.settings = settings;
    this.payloads = payloads(settings);
    this.outcomes = new Outcomes(payloads);
    this.queuedBytes = new QueuedBytes(settings);
    this.readers = new AnswerReaders(settings.name(), settings.maxWorkers());
  }

  /** How calls and results of a pool are written and read. */
  public static Payloads payloads(PoolSettings settings) {
    return new Payloads(settings.words(PoolSetting.ALLOW), settings.payloadLimit());
  }

  /**
   * Refuses methods whose types cannot leave this JVM.
   *
   * @param spec of the call site
   * @param pool its kind, in words
   * @param worker what its workers are, in words
   * @throws IllegalArgumentException naming what cannot travel
   */
  public void check(CallSiteSpec<?> spec, String pool, String worker) {
    String path = spec.travelProblem().orElse(null);
    if (path != null) {
      throw refused(
          spec,
          pool,
          path + " cannot travel to a " + worker + "; make it Serializable, or use a thread pool");
    }
  }

  /**
   * Says why a method cannot run on a pool.
   *
   * @param spec of the call site
   * @param pool its kind, in words
   * @param why and what to do
   */
  public IllegalArgumentException refused(CallSiteSpec<?> spec, String pool, String why) {
    return new IllegalArgumentException(
        spec.taskName() + " cannot run on " + pool + " pool \"" + settings.name() + "\": " + why);
  }

  /** Writes the calls of a chunk, by the thread that feeds the batch. */
  public void prepare(ChunkTask chunk) {
    chunk.prepared(ChunkParcel.of(chunk, payloads, queuedBytes));
  }

  /** Writes a call, by the thread that submits; one that cannot be written fails its task. */
  public void prepare(PoolTask<?> task) {
    Call<?, ?> call = task.call();
    if (call == null) {
      return; // Somebody ended it meanwhile.
    }
    try {
      ByteBuffer bytes = payloads.writeCall(task.name(), call);
      queuedBytes.take(task, bytes.remaining(), life.isInsider(), this::isShutdown);
      task.prepared(Parcel.of(call, task.target(), bytes, queuedBytes));
    } catch (TaskSerializationException e) {
      boolean unused = task.completeExceptionally(e);
    }
  }

  private boolean isShutdown() {
    return isShutdown || life.isShutdown();
  }

  /** What is said of a call, or of all calls of a chunk, ahead of their arguments. */
  public static CallHeader header(PoolTask<?> task, Parcel parcel) {
    Snapshot context = task.site().context();
    return new CallHeader(
        task.name(),
        parcel.type().getName(),
        parcel.targetClass(),
        task.site().isStage(),
        task.site().limitNanos(),
        context == null ? Map.of() : context.exported(),
        parcel.shared());
  }

  /**
   * Reads an answer, by the driver of the task; apart from it where that may take long.
   *
   * @param task whose it is
   * @param parcel its call
   * @param worker who answered, for messages
   * @param bytes of the answer
   * @throws IOException when these are no answer
   */
  public Ending read(PoolTask<?> task, Parcel parcel, String worker, ByteBuffer bytes)
      throws IOException {
    String name = task.name();
    ClassLoader loader = parcel.loader();
    Ending outcome = outcomes.readQuickly(name, parcel.type(), loader, worker, bytes);
    return outcome != null
        ? outcome
        : readers.read(task, () -> outcomes.read(name, parcel.type(), loader, worker, bytes));
  }

  /** Ends a run as its answer says. */
  @SuppressWarnings({"unchecked", "NullAway"}) // The call site pairs calls and tasks.
  public static void complete(PoolTask<?> task, Ending outcome) {
    Throwable failure = outcome.failure();
    boolean unused =
        failure == null
            ? ((PoolTask<@Nullable Object>) task).succeed(outcome.value())
            : task.fail(failure);
  }

  /**
   * Ends a run, by its driver.
   *
   * @param how null when somebody else ended the task before there was an answer
   */
  public static void end(PoolTask<?> task, @Nullable Ending how, Worker driver) {
    driver.driving(false); // Callbacks may wait for whatever they like.
    if (how != null) {
      complete(task, how);
    }
    task.runEnded();
    driver.driving(true);
  }

  /** A task has ended: its driver waits no longer for its answer to be read. */
  public void stop(PoolTask<?> task, Thread driver) {
    readers.leaveBehind(task, driver);
  }

  /** Every task has ended. */
  public void stopAll() {
    readers.leaveAllBehind();
  }

  /** The pool accepts nothing more: whoever waits for room is refused. */
  public void shutdown() {
    isShutdown = true;
    queuedBytes.wake();
  }

  /** Ends the threads that read nothing. A second call does nothing. */
  public void close() {
    readers.close();
  }
}
