package dev.poolwright.internal.process.jvm;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.poolwright.TaskProgress;
import dev.poolwright.internal.life.Deadlines.Deadline;
import dev.poolwright.internal.life.Guard;
import dev.poolwright.internal.wire.Frame;
import dev.poolwright.internal.wire.FrameChannel;
import dev.poolwright.internal.wire.FrameType;
import dev.poolwright.internal.wire.PayloadBuffer;
import dev.poolwright.internal.wire.ProcessMark;
import dev.poolwright.internal.wire.ProtocolDesyncException;
import dev.poolwright.internal.wire.RunProgress;
import dev.poolwright.internal.wire.RunStack;
import dev.poolwright.internal.wire.RunWord;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One worker JVM, as its parent sees it.
 *
 * <p><b>Threads:</b> one thread at a time drives it; {@link #kill} and {@link #interrupt} are for
 * any thread.
 */
public final class WorkerJvm {
  /*
   * IDLE      ready, nobody's call: from the start; BUSY -> IDLE by the driver after the last outcome.
   * BUSY      runs a call: IDLE -> BUSY by the driver that borrowed it.
   * RETIRING  was asked to end: IDLE -> RETIRING by whoever retires it.
   * DEAD      killed, or found dead: any -> DEAD by any thread. Nothing is sent to it from then on.
   *
   * STARTING is the time inside WorkerLauncher.start(), before there is an object to ask.
   */
  enum State {
    IDLE,
    BUSY,
    RETIRING,
    DEAD
  }

  private static final long DRAIN_MILLIS = 1_000;
  private static final int MOST_FAILURES = 3;
  private static final long REAP_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final String pool;
  private final String name;
  private final String label;
  private final Process process;
  private final ProcessMark mark;
  private final OutputStream tether;
  private final FrameChannel channel;
  private final RunWord word;
  private final OutputDrain stdout;
  private final OutputDrain stderr;
  private final Instant startedAt;
  private final WorkerFiles files;
  private final ProcessEnd ends;
  private final long exitMillis;

  @GuardedBy("this")
  private State state = State.IDLE;

  private volatile boolean killed; // Written by who kills it, before the signal.
  private final Queue<StackRequest> requests = new ConcurrentLinkedQueue<>();
  private volatile @Nullable String exitStack; // Written by the driver.
  private volatile String endedBy = "exited"; // Written as killed is.
  private final long startedNanos = System.nanoTime();
  private int tasks; // Confined to the driver; others may see an old number.
  private long idleSinceNanos = System.nanoTime(); // Confined to IdleWorkers.
  private @Nullable WeakReference<ClassLoader> origin; // Set once, before anybody else sees it.
  private volatile long reapNanos = REAP_NANOS;
  private volatile @Nullable Deadline late; // The kill that is due if it does not end before.

  public WorkerJvm(
      String pool,
      String name,
      Process process,
      ProcessMark mark,
      OutputStream tether,
      FrameChannel channel,
      RunWord word,
      OutputDrain stdout,
      OutputDrain stderr,
      Instant startedAt,
      long exitMillis,
      ProcessEnd ends,
      WorkerFiles files) {
    this.pool = pool;
    this.name = name;
    this.process = process;
    this.mark = mark;
    this.tether = tether;
    this.label = name + ", pid " + process.pid();
    this.channel = channel;
    this.word = word;
    this.stdout = stdout;
    this.stderr = stderr;
    this.startedAt = startedAt;
    this.exitMillis = exitMillis;
    this.files = files;
    this.ends = ends;
  }

  /** What a driver learns while its call runs. */
  public interface CallListener {
    /**
     * An element ended.
     *
     * @param element its place in the call, from 0, in order
     * @param outcome its bytes
     * @throws IOException when these are no outcome
     */
    void ended(int element, ByteBuffer outcome) throws IOException;

    /**
     * An element reported progress.
     *
     * @param element its place in the call
     * @param progress how far it is
     */
    void progress(int element, TaskProgress progress);
  }

  /** Whose class path it has; it does not keep that from being collected. */
  public void startedFor(@Nullable ClassLoader loader) {
    origin = loader == null ? null : new WeakReference<>(loader);
  }

  public boolean isOf(@Nullable ClassLoader loader) {
    return origin == null ? loader == null : loader != null && origin.get() == loader;
  }

  public @Nullable ClassLoader origin() {
    return origin == null ? null : origin.get();
  }

  public String name() {
    return name;
  }

  public long pid() {
    return process.pid();
  }

  public String label() {
    return label;
  }

  /** What it may leave in the private directory. */
  WorkerFiles files() {
    return files;
  }

  /** Why we ended it. */
  public String endedBy() {
    return endedBy;
  }

  public long startedNanos() {
    return startedNanos;
  }

  public int tasks() {
    return tasks;
  }

  public boolean isKilled() {
    return killed;
  }

  synchronized State state() {
    return state;
  }

  private synchronized boolean move(State from, State to) {
    if (state != from) {
      return false;
    }
    state = to;
    return true;
  }

  public void idleSince(long nanos) {
    idleSinceNanos = nanos;
  }

  public long idleSinceNanos() {
    return idleSinceNanos;
  }

  /** Sets how long a process may live after it was killed, until that is an error. */
  void reapWithin(long nanos) {
    reapNanos = nanos;
  }

  /** Whether it may be given a call. False, too, when it died in the meantime. */
  public boolean borrow() {
    return process.isAlive() && move(State.IDLE, State.BUSY);
  }

  /** Takes it back after a call. */
  public boolean giveBack() {
    return move(State.BUSY, State.IDLE);
  }

  /**
   * Sends calls and waits until every one has ended.
   *
   * @param call number of the frame
   * @param header of all calls
   * @param count how many
   * @param listener told of each end
   * @param elements for each call 4 bytes length and its bytes; used up
   * @throws IOException when the worker JVM is gone, or talks nonsense
   */
  public void exchange(
      long call, ByteBuffer header, int count, CallListener listener, ByteBuffer... elements)
      throws IOException {
    tasks += count;
    boolean ignored =
        Thread.interrupted(); // A callback may have left it; it would close the channel.
    ByteBuffer[] parts = new ByteBuffer[2 + elements.length];
    parts[0] = header;
    parts[1] = ByteBuffer.allocate(4).putInt(0, count);
    System.arraycopy(elements, 0, parts, 2, elements.length);
    channel.send(FrameType.CALL, call, parts);
    int ended = 0;
    while (ended < count) {
      Frame frame = channel.receive();
      try {
        ended = take(frame, call, ended, count, listener);
      } catch (BufferUnderflowException | IllegalArgumentException e) {
        throw new ProtocolDesyncException(
            frame.type() + " frame of " + label() + " ends too early");
      }
      ignored = Thread.interrupted();
    }
  }

  private int take(Frame frame, long call, int ended, int count, CallListener listener)
      throws IOException {
    ByteBuffer in = frame.payload();
    switch (frame.type()) {
      case OUTCOME -> {
        return takeOutcomes(frame, call, ended, count, listener);
      }
      case PROGRESS -> {
        if (frame.call() == call) {
          listener.progress(in.getInt(), RunProgress.read(in));
        }
      }
      case STACK -> takeStack(frame.call(), in);
      case EXITING -> {
        exitStack = PayloadBuffer.string(in);
        late = ends.killAfter(process, exitMillis);
      }
      default ->
          throw new ProtocolDesyncException("unexpected frame " + frame.type() + " of " + label());
    }
    return ended;
  }

  private int takeOutcomes(Frame frame, long call, int ended, int count, CallListener listener)
      throws IOException {
    ByteBuffer in = frame.payload();
    int first = in.getInt();
    int some = in.getInt();
    if (frame.call() != call || first != ended || some < 0 || some > count - ended) {
      throw new ProtocolDesyncException(
          "outcomes "
              + first
              + " to "
              + (first + some)
              + " of call "
              + frame.call()
              + "; expected from "
              + ended
              + " to "
              + count
              + " of call "
              + call);
    }
    for (int i = 0; i < some; i++) {
      listener.ended(first + i, PayloadBuffer.sized(in));
    }
    return ended + some;
  }

  /** What it says of its runs, also after its death. */
  public RunWord word() {
    return word;
  }

  /** How many elements of a call were started, also after its death. */
  public int startedOf(long call) {
    return word.startedOf(call);
  }

  /** How many elements of a call ended, also after its death. */
  public int endedOf(long call) {
    return word.endedOf(call);
  }

  /**
   * Interrupts one run; who cancels it later kills.
   *
   * @param call number of the frame
   * @param element its place in the call
   */
  public void interrupt(long call, int element) {
    order(FrameType.CANCEL, call, element);
  }

  /**
   * Asks what a run does.
   *
   * @param call number of the frame
   * @param element its place in the call
   * @param nanos longest wait
   * @return empty when it does not run, or there was no answer in time
   */
  public List<StackTraceElement> stack(long call, int element, long nanos) {
    StackRequest request = new StackRequest(call, element, new CompletableFuture<>());
    requests.add(request);
    try {
      order(FrameType.DUMP, call, element);
      return request.answer.get(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    } catch (ExecutionException | TimeoutException e) {
      return List.of(); // It is in native code, stopped, or collects garbage.
    } finally {
      requests.remove(request);
    }
  }

  /** Somebody waits for the stack of a run. */
  private record StackRequest(
      long call, int element, CompletableFuture<List<StackTraceElement>> answer) {}

  private void takeStack(long call, ByteBuffer in) {
    int element = in.getInt();
    List<StackTraceElement> stack = RunStack.read(in);
    for (StackRequest request : requests) {
      if (request.call == call && request.element == element) {
        boolean unused = request.answer.complete(stack);
      }
    }
  }

  private void order(FrameType type, long call, int element) {
    byte[] frame =
        ByteBuffer.allocate(FrameChannel.ORDER_BYTES)
            .putInt(FrameChannel.ORDER_BYTES - 4)
            .put(type.code())
            .putLong(call)
            .putInt(element)
            .array();
    try {
      synchronized (tether) {
        tether.write(frame);
        tether.flush();
      }
    } catch (Throwable e) {
      kill(); // It does not listen any more.
    }
  }

  /**
   * Kills the process and all that it started; returns when the signals are sent. A second call
   * does nothing new.
   */
  public void kill() {
    endedBy = "killed";
    killed = true;
    ends.kill(process);
    synchronized (this) {
      state = State.DEAD;
    }
  }

  /** Ends the process of a worker that broke the protocol; to its death that is a crash. */
  public void killProcess() {
    ends.kill(process);
  }

  /**
   * Its channel is gone, so it is about to end by itself, or is of no use; to its death a crash.
   */
  public void killProcessSoon() {
    late = ends.killAfter(process, DRAIN_MILLIS);
  }

  /** Asks it to end; {@link #reap} waits for that. */
  public void retire() {
    if (!move(State.IDLE, State.RETIRING)) {
      return;
    }
    endedBy = "retired";
    killed = true; // Its end is wanted, however it comes.
    late = ends.killAfter(process, exitMillis + DRAIN_MILLIS);
    try {
      channel.send(FrameType.RETIRE, 0);
      order(FrameType.RETIRE, 0, 0); // The tether's thread lets go: it would hold up the exit.
    } catch (Throwable e) {
      kill();
    }
  }

  /**
   * Waits until the process is gone, with all that it started, and its output is read; kills one
   * that broke the protocol.
   *
   * @return how it ended
   */
  public WorkerExit reap() {
    awaitGone();
    boolean interrupted = Thread.interrupted();
    FatalErrorLog report = null;
    try {
      Guard.run(() -> "end of what " + label + " started", mark::killAll);
      stdout.awaitRest();
      stderr.awaitRest();
      report = process.isAlive() ? null : files.crashReport(pid());
    } catch (InterruptedException e) {
      interrupted = true; // What it said last is lost.
    } finally {
      synchronized (this) {
        state = State.DEAD;
      }
      ProcessEnd.cancel(late);
      close();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    int exitCode = process.isAlive() ? -1 : process.exitValue();
    return new WorkerExit(pool, name, pid(), exitCode, startedAt, stderr.tail(), exitStack, report);
  }

  /** Waits until the process is gone; kills one that takes too long. Throws nothing. */
  public void awaitGone() {
    boolean interrupted = Thread.interrupted();
    for (int failures = 0; failures < MOST_FAILURES; ) {
      try {
        awaitExit();
        break;
      } catch (InterruptedException e) {
        interrupted = true; // Restored below: a worker JVM must not outlive its pool.
      } catch (Throwable e) {
        failures++;
        ends.kill(process);
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Somebody kills one that exits by itself, or retires, when that takes too long. */
  private void awaitExit() throws InterruptedException {
    boolean isExiting = state() == State.RETIRING || exitStack != null;
    long patienceNanos = isExiting ? TimeUnit.MILLISECONDS.toNanos(exitMillis + DRAIN_MILLIS) : 0;
    if (!process.waitFor(patienceNanos + reapNanos, TimeUnit.NANOSECONDS)) {
      ends.kill(process);
      if (!process.waitFor(reapNanos, TimeUnit.NANOSECONDS)) {
        Guard.log(
            System.Logger.Level.ERROR,
            "worker JVM "
                + label
                + " of pool \""
                + pool
                + "\" is alive although it was killed"
                + " twice; it is left to the operating system");
      }
    }
  }

  private void close() {
    try {
      channel.close();
    } catch (Throwable e) {
      // It is gone either way.
    }
    try {
      tether.close();
    } catch (Throwable e) {
      // Nobody reads it any more.
    }
    Guard.run(() -> "removal of files", files::remove);
  }
}
