package dev.poolwright.internal.task;

import dev.poolwright.Task;
import dev.poolwright.TaskProgress;
import dev.poolwright.TaskStatus;
import dev.poolwright.TaskView;
import dev.poolwright.internal.access.ReadableFailure;
import dev.poolwright.internal.life.Activity;
import dev.poolwright.internal.life.Guard;
import dev.poolwright.internal.life.Life;
import dev.poolwright.internal.life.Listeners;
import dev.poolwright.internal.life.OwnThread;
import dev.poolwright.internal.life.Threads;
import dev.poolwright.internal.life.Visit;
import dev.poolwright.internal.time.Nanos;
import dev.poolwright.spi.Call;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A task with work of its own: one object is the future, the queue entry and what the worker runs.
 *
 * @param <T> the result
 */
public class PoolTask<T extends @Nullable Object> extends BaseTask<T> implements Runnable {

  /*
   * The state says who may complete the future: whoever moves it out of QUEUED, RUNNING or DETACHED.
   *
   * QUEUED    waits for a worker.
   *           -> RUNNING   toRunning(), by the worker
   *           -> WITHDRAWN an outsider cancels or completes it; it leaves the queue and never runs
   * RUNNING   a worker runs it.
   *           -> ENDED     endRun(), by the worker, which completes the future
   *           -> DETACHED  detachRun(), by the worker, which is free: the method returned a stage that
   *                        is not done
   *           -> STOPPING  an outsider cancels with interrupt, completes it, or its limit has passed
   *           -> UNSEEN    an outsider cancels without interrupt: the run goes on, its result is dropped
   * DETACHED  the stage goes on by itself.
   *           -> ENDED     endDetached(), by the thread that ended the stage; or an outsider, who cancels
   *                        the stage
   * STOPPING  the outsider is sending the interrupt or the kill; the worker waits for that in awaitStop(),
   *           so that neither ever hits the next run (FutureTask's INTERRUPTING).
   *           -> UNSEEN    stopRun(), by the outsider
   * UNSEEN    the run goes on while the outsider completes the future.
   *           -> LEFT      leaveCallbacks(), by the outsider, who has completed it
   *           -> ENDED     endStopped(), by the worker; the outsider starts the callbacks
   * LEFT      -> ENDED     endStopped(), by the worker, which starts the callbacks
   * ENDED, WITHDRAWN  final.
   *
   * What an outsider does is in leave().
   */
  private static final int QUEUED = 0;
  private static final int RUNNING = 1;
  private static final int DETACHED = 2;
  private static final int STOPPING = 3;
  private static final int UNSEEN = 4;
  private static final int LEFT = 5;
  private static final int ENDED = 6;
  private static final int WITHDRAWN = 7;

  private static final VarHandle STATE = handle("state", int.class);
  private static final VarHandle EXTRAS = handle("extras", Object.class);

  /** How often foreign code that waits for the end may throw into it before the rest is dropped. */
  private static final int MOST_TRIES = 1_000;

  @SuppressWarnings("unused") // Through STATE.
  private volatile int state;

  // Links of a queue, guarded as that is.
  @Nullable PoolTask<?> next;
  @Nullable PoolTask<?> previous;
  boolean isQueued;

  // Set once; dropped by whoever completes the future, before it does. A target that callbacks need
  // is dropped after them; of work submitted by hand, what names it takes its place.
  private @Nullable Object target;

  // The call, until whoever completes the future drops it; from then on the failure, if any.
  private @Nullable Object work;

  // Through EXTRAS: a TaskTrack while the task is watched, set before it is submitted or by who
  // first looks; then TaskExtras, which keep the track, by whoever needs them first.
  private volatile @Nullable Object extras;

  // Written by the worker before RUNNING, dropped by it at the end; read by whoever stops the run,
  // before UNSEEN.
  private @Nullable Thread runner;

  // Written before UNSEEN: an interrupt or a kill was sent to the run.
  private boolean isStopSent;

  // Confined to whoever completes the future, who may have to try again where the heap is full.
  private boolean isCounted;

  // Confined to the worker.
  private boolean isRunOver;

  public PoolTask(TaskSite site, @Nullable Object target, Call<?, ?> call) {
    super(site);
    this.target = target;
    this.work = call;
  }

  /** In which state an outsider found the task that it is to end. */
  private enum From {
    QUEUED,
    RUNNING,
    DETACHED,
    /** Somebody else has ended it, or is about to. */
    ENDED
  }

  // ---- what it carries

  /** The call, until the task is done. */
  public final @Nullable Call<?, ?> call() {
    return work instanceof Call<?, ?> call ? call : null;
  }

  /** Puts another form of the call in its place; only while the task is being submitted. */
  public final void prepared(PreparedCall prepared) {
    work = prepared;
  }

  /** What the call runs on, until the task is done; null for static methods. */
  public final @Nullable Object target() {
    return target;
  }

  /** What is common to the tasks of the call site. */
  public final TaskSite site() {
    return site;
  }

  @Override
  @Nullable Object label() {
    Call<?, ?> call = call();
    return call == null ? target : HandWork.label(call);
  }

  @Override
  public final String name() {
    return site.nameOf(label());
  }

  /** How many tasks that users see it stands for. */
  public int size() {
    return 1;
  }

  /** The tasks that a user sees: this one, or those that it stands for. */
  public List<PoolTask<?>> members() {
    return List.of(this);
  }

  /** Those of them that run now, as somebody looks at them. */
  public final Stream<TaskView> runningViews() {
    return members().stream()
        .filter(task -> task.status() == TaskStatus.RUNNING)
        .map(PoolTask::view);
  }

  @Override
  public final TaskStatus status() {
    if (isDone()) {
      return super.status();
    }
    return state == QUEUED ? TaskStatus.QUEUED : TaskStatus.RUNNING;
  }

  /** Whether the task is done, or about to be, or its run is to be stopped. */
  final boolean isStopping() {
    return state >= STOPPING;
  }

  /** Whether nobody has ended it, or is about to. */
  public final boolean isWanted() {
    int now = state;
    return now == QUEUED || now == RUNNING;
  }

  /** Whether the stage that the method returned goes on by itself. */
  public final boolean goesOn() {
    return state == DETACHED;
  }

  /** Whether it was ended before it began. */
  public final boolean isWithdrawn() {
    return state == WITHDRAWN;
  }

  /** Whether the run goes on although the task is done. */
  public final boolean isUnseen() {
    return state == UNSEEN;
  }

  /** Whether an interrupt or a kill was sent to the run. */
  private boolean wasStopSent() {
    return state >= UNSEEN && isStopSent;
  }

  /**
   * Waits once for room, by the thread that submits, under the lock of the condition.
   *
   * @throws InterruptedException when interrupted
   */
  @SuppressWarnings("WaitNotInLoop") // The caller looks again.
  public void awaitRoom(ReentrantLock held, Condition room) throws InterruptedException {
    awaitRoom(held, room, Nanos.MOST);
  }

  /** The same, for so long. */
  protected final void awaitRoom(ReentrantLock held, Condition room, long nanos)
      throws InterruptedException {
    long unused = clock().await(held, room, this, nanos);
  }

  // ---- who watches it

  /** Keeps times from here on if anybody listens; before the task is submitted. */
  public final void watch() {
    Life life = pool().life();
    Listeners listeners = life.listeners();
    if (listeners.isOn()) {
      // No other thread has it yet.
      EXTRAS.set(this, new TaskTrack(this, listeners, OwnThread.actsFor(life), listeners.now()));
    }
  }

  /** Whether somebody listens. */
  public final boolean isWatched() {
    return track() != null;
  }

  private @Nullable TaskTrack track() {
    Object now = extras;
    return now instanceof TaskTrack track ? track : now instanceof TaskExtras e ? e.track() : null;
  }

  /** Tells that it is being submitted; by the thread that does. */
  public final void tellSubmitted() {
    TaskTrack track = track();
    if (track != null) {
      track.tellSubmitted();
    }
  }

  /** Tells that it was not let in; by the thread that submits. */
  public final void tellRejected(Throwable why) {
    TaskTrack track = track();
    if (track != null) {
      track.tellRejected(why);
    }
  }

  /** Says which worker JVM is about to run it. */
  public final void runsOn(String worker, long pid) {
    TaskTrack track = track();
    if (track != null) {
      track.runsOn(worker, pid);
    }
  }

  /** What somebody who looks now sees of it; from then on it has a number. */
  public final TaskView view() {
    TaskTrack track = track();
    while (track == null) {
      Object now = extras;
      track = new TaskTrack(this, pool().life().listeners(), 0, 0);
      if (now instanceof TaskExtras e) {
        track = e.trackOr(track);
      } else if (!EXTRAS.compareAndSet(this, null, track)) {
        track = track();
      }
    }
    Thread thread = runner;
    if (thread != null) {
      pool().identify(this, thread);
    }
    return RunningView.of(this, track);
  }

  final Optional<TaskProgress> latestProgress() {
    return extras instanceof TaskExtras more ? more.latest() : Optional.empty();
  }

  final @Nullable String runnerName() {
    Thread thread = runner;
    return thread == null ? null : thread.getName();
  }

  /** What its method does now; empty when nothing of it runs. */
  final List<StackTraceElement> stack() {
    Thread thread = runner;
    return thread == null || state == QUEUED ? List.of() : pool().stackOf(this, thread);
  }

  /** Whether a thread runs it, or is about to stop running it. */
  public final boolean isRunBy(Thread thread) {
    return runner == thread && state != QUEUED;
  }

  // ---- the run, by the worker

  /** Runs the call on the calling thread, from begin to end. */
  @Override
  public void run() {
    if (!begin()) {
      return;
    }
    TaskTrack track = track();
    if (track == null) {
      runBegun();
      return;
    }
    Life life = pool().life();
    long before = OwnThread.actsFor(life, track.number());
    try {
      runBegun();
    } finally {
      long unused = OwnThread.actsFor(life, before);
    }
  }

  private void runBegun() {
    Call<?, ?> call = call();
    boolean isOver = true;
    if (call != null) {
      try {
        isOver = returned(RunContext.call(this, call, target));
      } catch (Throwable e) {
        failUnlessDone(e);
      }
    }
    if (isOver) {
      runEnded();
    }
  }

  /**
   * Takes the task out of the queue for good: from here on the calling thread runs it. Starts the
   * time limit.
   *
   * @return false when it was cancelled or completed meanwhile, and must not run
   */
  public boolean begin() {
    Thread thread = Thread.currentThread();
    runner = thread;
    TaskTrack track = track();
    if (track != null) {
      track.begins(thread);
    }
    if (!STATE.compareAndSet(this, QUEUED, RUNNING)) {
      runner = null;
      if (track != null) {
        track.doesNotBegin();
      }
      return false;
    }
    if (track != null) {
      track.tellStarted();
    }
    beginLimit();
    return true;
  }

  /** The run has failed with its worker, and is to begin anew. By the same thread. */
  public void awaitsAgain() {
    if (extras instanceof TaskExtras more) {
      more.cancelLimit();
    }
  }

  /** Another worker begins the run anew, with the whole of its time limit. By the same thread. */
  public void beginAgain() {
    beginLimit();
  }

  private void beginLimit() {
    if (site.limitNanos() > 0) {
      try {
        startLimit(site.limitNanos());
      } catch (Throwable e) {
        // No thread for the limit: the task must not run without it.
        fail(e);
      }
    }
  }

  private void startLimit(long limitNanos) {
    TaskExtras more = extras();
    Life life = pool().life();
    more.limit(life.deadlines(), limitNanos, () -> life.workThreads().execute(this::timeOut));
    if (isStopping()) {
      more.end();
    }
  }

  /** Whether the run is over; otherwise the stage that the method returned goes on by itself. */
  // The call site pairs calls and tasks; a result may be null where T may be.
  @SuppressWarnings({"unchecked", "NullAway"})
  private boolean returned(@Nullable Object value) {
    if (!site.isStage()) {
      succeed((T) value);
    } else if (value == null) {
      fail(new NullPointerException(name() + " returned null instead of a stage"));
    } else {
      return !detach((CompletionStage<T>) value);
    }
    return true;
  }

  private boolean endRun() {
    return dropRunnerIf(STATE.compareAndSet(this, RUNNING, ENDED));
  }

  private boolean dropRunnerIf(boolean isOver) {
    if (isOver) {
      runner = null;
    }
    return isOver;
  }

  /**
   * Ends the run with a result.
   *
   * @return false when somebody else ended the task, and the result is dropped
   */
  public boolean succeed(@Nullable T result) {
    if (!endRun()) {
      return false;
    }
    completeWith(result, null);
    return true;
  }

  /**
   * Ends the run with a failure.
   *
   * @return false when somebody else ended the task, and the failure is dropped
   */
  public boolean fail(Throwable failure) {
    if (!endRun()) {
      return false;
    }
    completeWith(null, failure);
    return true;
  }

  /**
   * The run is over: nothing of it uses the thread or the worker JVM any more. Runs the callbacks;
   * of a task that ended without its worker they run on callback threads. Clears an interrupt that
   * was meant for this run.
   */
  public void runEnded() {
    isRunOver = true;
    boolean isLater = true;
    if (state == ENDED) {
      isLater = runCallbacks();
    } else {
      endStoppedRun();
    }
    tellRunEnded(isLater);
  }

  /** The same, but the callbacks run on callback threads: the calling one is to go on. */
  public void runEndedAside() {
    isRunOver = true;
    if (state == ENDED) {
      dispatchCallbacks();
    } else {
      endStoppedRun();
    }
    tellRunEnded(true);
  }

  private void tellRunEnded(boolean isLater) {
    TaskTrack track = track();
    if (track != null) {
      track.tellRunEnded(isLater);
    }
  }

  private void endStoppedRun() {
    awaitStop();
    if (wasStopSent()) {
      Thread.interrupted();
    }
    if (endStopped()) {
      dispatchCallbacks();
    }
  }

  /** Waits until whoever stops this run has sent the interrupt or the kill. By the worker. */
  public final void awaitStop() {
    for (int looks = 0; state == STOPPING; looks++) {
      Threads.pause(looks);
    }
  }

  /** A stopped or unseen run is over; true when the worker is to start the callbacks. */
  private boolean endStopped() {
    runner = null;
    if (STATE.compareAndSet(this, UNSEEN, ENDED)) {
      return false;
    }
    state = ENDED;
    return true;
  }

  /**
   * Ends whatever the worker has left open, since something threw where nothing should: the heap
   * was full, or a kind of worker failed. May be called again when it throws.
   */
  public void ensureEnded(Throwable why) {
    boolean unused = state == QUEUED && begin();
    failUnlessDone(why);
    if (!isRunOver && state != DETACHED && state != WITHDRAWN) {
      runEnded();
    } else if (isRunOver && state == ENDED) {
      runDoneCallbacks(); // That had thrown before it took them: each is taken once.
    }
  }

  /** Fails the task also where its end has begun, and threw before the future was complete. */
  private void failUnlessDone(Throwable why) {
    if (!fail(why) && state == ENDED && !isDone()) {
      completeWith(null, why);
    }
  }

  // ---- a method that returned a stage

  private boolean detach(CompletionStage<T> returned) {
    if (returned.toCompletableFuture().isDone()) {
      CompletionStage<?> unused =
          returned.whenComplete((value, failure) -> endLike(value, failure));
      return false;
    }
    extras().stage(returned);
    // A task of ours has a place of its own meanwhile.
    boolean isOurs = returned instanceof BaseTask<?> t && t.pool().life() == pool().life();
    pool().goesOn(this, !isOurs);
    if (!dropRunnerIf(STATE.compareAndSet(this, RUNNING, DETACHED))) {
      pool().leftStage(this);
      extras().cancelStage();
      return false;
    }
    try {
      CompletionStage<?> unused = returned.whenComplete(this::stageEnded);
    } catch (Throwable e) {
      stageEnded(null, e);
    }
    return true;
  }

  private void endLike(@Nullable T value, @Nullable Throwable failure) {
    boolean unused = failure == null ? succeed(value) : fail(ReadableFailure.unwrapped(failure));
  }

  /** By the thread that ended the stage, which runs the stages of this task. */
  private void stageEnded(@Nullable T value, @Nullable Throwable failure) {
    if (STATE.compareAndSet(this, DETACHED, ENDED)) {
      Visit visit = Visit.begin(pool().life());
      try {
        completeWith(value, failure == null ? null : ReadableFailure.unwrapped(failure));
        dispatchCallbacks();
      } finally {
        visit.end();
        pool().leftStage(this);
      }
      tellRunEnded(true);
    }
  }

  // ---- the end from outside

  /**
   * Ends the task in place of its run.
   *
   * @param failure null for a result
   * @param isStop whether a run is to be stopped, or goes on unseen
   * @return where it was; ENDED when it was done already, or somebody else ended it
   */
  private From endFromOutside(@Nullable T result, @Nullable Throwable failure, boolean isStop) {
    Activity activity = pool().life().activity();
    activity.hold();
    Visit visit = Visit.begin(pool().life());
    try {
      From from = leave(isStop);
      if (from == From.ENDED) {
        awaitOutcome();
        return from;
      }
      try {
        stop(from, isStop);
      } finally {
        // Also when a thread that is not ours refused the interrupt: nobody else would do it.
        completeFromOutside(from, result, failure, isStop);
      }
      return from;
    } finally {
      visit.end();
      activity.release();
    }
  }

  /** The time limit has passed. On a thread of ours, where no foreign code may run. */
  private void timeOut() {
    From from = leave(true);
    if (from == From.ENDED) {
      return;
    }
    // The worker waits meanwhile, so that it is still this run's.
    Thread thread = runner;
    List<StackTraceElement> stack =
        from == From.RUNNING && thread != null ? stackAtLimit(thread) : List.of();
    try {
      stop(from, true);
    } finally {
      if (getNumberOfDependents() == 0 && track() == null) {
        completeTimedOut(from, stack);
      } else {
        pool().life().complete(() -> completeTimedOut(from, stack));
      }
    }
  }

  private List<StackTraceElement> stackAtLimit(Thread thread) {
    try {
      return pool().stackAtLimit(this, thread);
    } catch (Throwable e) {
      return List.of(); // The limit holds all the same.
    }
  }

  private void completeTimedOut(From from, List<StackTraceElement> stack) {
    Duration limit = Duration.ofNanos(site.limitNanos());
    String text = name() + " ran longer than " + limit + ", the limit of " + site.limitSource();
    completeFromOutside(from, null, TaskExtras.pastLimit(text, stack), true);
  }

  /** Wins the right to complete the future; a run that is to be stopped waits for that. */
  private From leave(boolean isStop) {
    while (true) {
      int now = state;
      if (now == QUEUED && STATE.compareAndSet(this, QUEUED, WITHDRAWN)) {
        return From.QUEUED;
      } else if (now == RUNNING && STATE.compareAndSet(this, now, isStop ? STOPPING : UNSEEN)) {
        return From.RUNNING;
      } else if (now == DETACHED && STATE.compareAndSet(this, DETACHED, ENDED)) {
        return From.DETACHED;
      } else if (now > DETACHED) {
        return From.ENDED;
      }
    }
  }

  private void stop(From from, boolean isStop) {
    if (from == From.QUEUED) {
      pool().withdrawn(this);
    } else if (from == From.DETACHED) {
      pool().leftStage(this);
    } else if (isStop) {
      stopRun();
    }
  }

  private void stopRun() {
    try {
      Thread thread = runner;
      if (thread != null) {
        isStopSent = true;
        pool().stopRun(this, thread);
      }
    } finally {
      state = UNSEEN;
    }
  }

  private void completeFromOutside(
      From from, @Nullable T result, @Nullable Throwable failure, boolean isStop) {
    try {
      completeWith(result, failure);
      cleanUp(from, isStop);
    } finally {
      boolean isLeft =
          from == From.RUNNING
              && pool().doCallbacksWaitForRun()
              && STATE.compareAndSet(this, UNSEEN, LEFT);
      if (!isLeft) {
        dispatchCallbacks();
      }
    }
    if (from == From.DETACHED) {
      tellRunEnded(true);
    }
  }

  /** Runs foreign code, which holds nobody up now that the future is done. */
  private void cleanUp(From from, boolean isStop) {
    if (!(extras instanceof TaskExtras more)) {
      return;
    }
    if (from == From.DETACHED) {
      more.cancelStage();
    } else if (from == From.RUNNING && isStop) {
      more.stopped(this::offThread);
    }
  }

  /** Adds a clean-up, or runs it when the run was stopped already. */
  void onCancel(Runnable cleanUp) {
    TaskExtras more = extras();
    more.onCancel(cleanUp);
    if (wasStopSent()) {
      more.stopped(this::offThread);
    }
  }

  /** Whoever ends the task is between winning the right to and doing so. */
  private void awaitOutcome() {
    for (int looks = 0; !isDone(); looks++) {
      Threads.pause(looks);
    }
  }

  /** Ends the task because its pool stops. */
  public void stopNow() {
    Guard.run(
        () -> "stop of " + name(),
        () -> {
          From unused = endFromOutside(null, pool().stopped(), true);
        });
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    if (!isDone()) {
      From unused = endFromOutside(null, new CancellationException(), mayInterruptIfRunning);
    }
    return isCancelled();
  }

  @Override
  public boolean complete(T value) {
    return endFromOutside(value, null, true) != From.ENDED;
  }

  @Override
  public boolean completeExceptionally(Throwable failure) {
    return endFromOutside(null, Objects.requireNonNull(failure), true) != From.ENDED;
  }

  /** Whoever obtrudes an outcome answers for it, and for the one before. */
  @Override
  public void obtrudeValue(T value) {
    observe();
    From unused = endFromOutside(value, null, true);
    super.obtrudeValue(value);
  }

  /** Whoever obtrudes an outcome answers for it, and for the one before. */
  @Override
  public void obtrudeException(Throwable failure) {
    Objects.requireNonNull(failure);
    observe();
    From unused = endFromOutside(null, failure, true);
    work = failure;
    super.obtrudeException(failure);
  }

  // ---- the outcome, by whoever won the right to

  /** Completes the future. May be called again when it throws, by the same thread. */
  @SuppressWarnings("NullAway") // A result may be null where T may be.
  private void completeWith(@Nullable T result, @Nullable Throwable failure) {
    Outcome outcome =
        failure == null
            ? Outcome.SUCCEEDED
            : failure instanceof CancellationException ? Outcome.CANCELLED : Outcome.FAILED;
    if (!isCounted) {
      count(outcome); // Counting is the last that it does: where it throws, it has not counted.
      isCounted = true;
    }
    letGo(failure == null ? null : ReadableFailure.unwrapped(failure));
    if (extras instanceof TaskExtras more) {
      more.end();
    }
    TaskTrack track = track();
    if (track != null) {
      track.ends(outcome, failure, state == WITHDRAWN);
    }
    settle(result, failure == null ? null : ReadableFailure.of(failure));
    ended(outcome);
    if (outcome == Outcome.FAILED) {
      report();
    }
    if (track != null) {
      track.tellEnded();
    }
  }

  /** Before the future is complete: lets go of the arguments. */
  private void letGo(@Nullable Throwable failure) {
    Object dropped = work;
    if (dropped instanceof Call<?, ?> call) {
      if (site.callbacks().isEmpty()) {
        target = site.name() == null ? HandWork.label(call) : null;
      }
      drop(call);
    }
    work = failure;
  }

  /**
   * Completes the future, and goes on until nobody is left who waits for it: stages of the JDK run
   * foreign code here, and where the heap is full there is no room for a failure.
   */
  @SuppressWarnings("NullAway") // A result may be null where T may be.
  private void settle(@Nullable T result, @Nullable Throwable failure) {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      try {
        // Once it is complete this is refused, and goes on with those that wait.
        boolean unused =
            failure == null ? super.complete(result) : super.completeExceptionally(failure);
        return;
      } catch (Throwable e) {
        if (isDone()) {
          Guard.log(Level.ERROR, "a stage of " + name() + " failed to see its end", e);
        } else {
          Threads.pause(Integer.MAX_VALUE);
        }
      }
    }
  }

  private void report() {
    try {
      reportUnlessObserved(failure());
    } catch (Throwable e) {
      Guard.log(Level.ERROR, "no watch whether the failure of " + name() + " is observed", e);
    }
  }

  @Override
  public final Throwable failure() {
    return work instanceof Throwable failure ? failure : super.failure();
  }

  private static void drop(@Nullable Object dropped) {
    if (dropped instanceof PreparedCall prepared) {
      prepared.dropped();
    }
  }

  /** Nobody will ever see the task, since it could not be queued. */
  public final void discarded() {
    drop(work);
  }

  /** Counts the end of this task. */
  public void count(Outcome outcome) {
    pool().count(outcome);
  }

  /** The future is complete. Must not block. */
  protected void ended(Outcome outcome) {
    // Most tasks have nobody to tell.
  }

  private void dispatchCallbacks() {
    for (boolean isLeft = !hasNoCallbacks(); isLeft; ) {
      try {
        offThread(this::runCallbacks);
        isLeft = false;
      } catch (OutOfMemoryError e) {
        Threads.pause(Integer.MAX_VALUE); // There is no room for the queue's entry yet.
      }
    }
  }

  private boolean hasNoCallbacks() {
    return site.callbacks().isEmpty() && closeIfNoCallbacks();
  }

  /** Whether there were any. */
  private boolean runCallbacks() {
    if (hasNoCallbacks()) {
      return false;
    }
    TaskTrack track = track();
    if (track == null) {
      callBack();
      return true;
    }
    Life life = pool().life();
    long before = OwnThread.actsFor(life, track.number());
    try {
      callBack();
    } finally {
      long unused = OwnThread.actsFor(life, before);
    }
    return true;
  }

  private void callBack() {
    if (!site.callbacks().isEmpty()) {
      SiteCallbacks.runAll(this, target);
      target = null;
    }
    runDoneCallbacks();
  }

  // ---- what few tasks have

  @Override
  public final Task<T> onProgress(Consumer<? super TaskProgress> listener) {
    extras().onProgress(Objects.requireNonNull(listener, "listener"), this::offThread);
    return this;
  }

  /** Tells the listeners how far the run is; also those that are added later. */
  public final void reportProgress(TaskProgress progress) {
    extras().reportProgress(progress, this::offThread);
  }

  @Override
  void at(long delayNanos, Consumer<BaseTask<T>> action) {
    TaskExtras more = extras();
    Life life = pool().life();
    more.at(life.deadlines(), delayNanos, () -> life.complete(() -> action.accept(this)));
    if (isStopping()) {
      more.end();
    }
  }

  final TaskExtras extras() {
    while (true) {
      Object now = extras;
      if (now instanceof TaskExtras more) {
        return more;
      }
      TaskExtras more = new TaskExtras(this, (TaskTrack) now);
      if (EXTRAS.compareAndSet(this, now, more)) {
        return more;
      }
    }
  }

  private static VarHandle handle(String field, Class<?> type) {
    try {
      return MethodHandles.lookup().findVarHandle(PoolTask.class, field, type);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
