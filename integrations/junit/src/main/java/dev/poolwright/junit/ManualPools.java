package dev.poolwright.junit;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.poolwright.Pool;
import dev.poolwright.PoolListener;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.TaskStatus;
import dev.poolwright.spi.CallSite;
import dev.poolwright.spi.CallSiteSpec;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Pools whose tasks run when the test says so, one after another on the thread of the test, and
 * whose time passes when the test says so. They start no thread. A pool exists for any name; of its
 * settings only time limits have an effect.
 *
 * <pre>{@code
 * Task<String> page = new AsyncCrawler(crawler, pools).get("a");
 * assertThat(page).isQueued();
 * pools.runNext();
 * assertThat(page).hasSucceeded();
 * }</pre>
 *
 * <p><b>Waits:</b> the thread of the test is the one that created the pools or last ran a step of
 * them. If it waits for a queued task, nothing can finish that task: the wait throws {@link
 * IllegalStateException} at once. If a task waits for another one, that one runs first, as on a
 * pool that lends the place of a waiting worker. Other threads wait. So does the thread of the
 * test, for at most five seconds of system time, if nothing is queued and the awaited work goes on
 * elsewhere.
 *
 * <p><b>Threads:</b> tasks may be submitted on any thread; only one thread at a time may run them.
 */
public final class ManualPools implements Pools, CallSite.Opener {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** Tasks that submit tasks for ever end a test, too. */
  private static final int MOST_STEPS = 1_000_000;

  private final Queue<Pools.Step> steps = new ConcurrentLinkedQueue<>();
  private final ManualTime time = new ManualTime(this::waitsFor);
  private final Pools pools;

  // Written by the thread of the test, and read by others that look whether they are it.
  private volatile Thread test = Thread.currentThread();

  // Confined to the thread of the test.
  private int depth;
  private @Nullable Object lastAwaited;
  private long waitsSinceNanos;

  /** Makes pools of what a builder says. */
  ManualPools(Pools.Builder builder) {
    this.pools = builder.time(time).direct(steps::add);
  }

  /**
   * Creates pools without tasks.
   *
   * @return pools to be closed
   */
  public static ManualPools create() {
    return create(builder -> {});
  }

  /**
   * Creates pools without tasks.
   *
   * @param configuration configures the handler of unobserved failures and whether arguments are
   *     copied
   * @return pools to be closed
   */
  public static ManualPools create(Consumer<? super Pools.Builder> configuration) {
    Pools.Builder builder = Pools.builder();
    configuration.accept(builder);
    return new ManualPools(builder);
  }

  // ---- what the test says

  /**
   * Runs the task, or chunk of a batch, that was queued first, with its callbacks.
   *
   * @return false if nothing is queued
   */
  @CanIgnoreReturnValue
  public boolean runNext() {
    test = Thread.currentThread();
    Pools.Step next = poll();
    if (next == null) {
      return false;
    }
    depth++;
    try {
      next.run();
    } finally {
      depth--;
    }
    return true;
  }

  private Pools.@Nullable Step poll() {
    Pools.Step next;
    do {
      next = steps.poll();
    } while (next != null && next.isOver());
    return next;
  }

  /**
   * Runs every queued step, and the steps that they submit.
   *
   * @return the number of steps run
   * @throws IllegalStateException if more steps are queued after a million
   */
  @CanIgnoreReturnValue
  public int runAll() {
    int ran = 0;
    while (runNext()) {
      if (++ran == MOST_STEPS) {
        throw new IllegalStateException(
            "runAll() ran a million steps, and more are queued: " + queued().get(0));
      }
    }
    return ran;
  }

  /**
   * Lets time pass. Time limits, {@code orTimeout} and {@code completeOnTimeout} that become due
   * act on the calling thread, each at its time. Runs no queued step.
   *
   * @param duration zero or more
   * @throws IllegalArgumentException if {@code duration} is negative
   */
  public void advance(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("duration is " + duration + "; must be zero or more");
    }
    time.advance(duration.toNanos());
  }

  /**
   * The time that has passed.
   *
   * @return the sum of all calls of {@link #advance}
   */
  public Duration elapsed() {
    return Duration.ofNanos(time.now());
  }

  /**
   * The queued steps.
   *
   * @return names of tasks with their pools, in the order in which they will run; unmodifiable
   */
  public List<String> queued() {
    return steps.stream().filter(step -> !step.isOver()).map(Object::toString).toList();
  }

  // ---- waits

  private boolean waitsFor(Object awaited) {
    if (Thread.currentThread() != test) {
      return false;
    }
    if (depth > 0 && runNext()) {
      return true;
    }
    boolean isElsewhere = awaited instanceof Task<?> task && task.status() == TaskStatus.RUNNING;
    List<String> queued = queued();
    if (!queued.isEmpty() && !isElsewhere) {
      String what = String.join(", ", queued);
      throw new IllegalStateException(
          describe(awaited)
              + " while "
              + what
              + (queued.size() == 1 ? " is" : " are")
              + " queued; call runNext() or runAll() before, or advance(Duration) for a limit");
    }
    if (lastAwaited != awaited) {
      lastAwaited = awaited;
      waitsSinceNanos = System.nanoTime();
    } else if (System.nanoTime() - waitsSinceNanos > PATIENCE_NANOS) {
      lastAwaited = null;
      throw new IllegalStateException(
          describe(awaited)
              + ": nothing is queued for runAll()"
              + (time.isAnythingPending() ? "; advance(Duration) lets a limit pass" : ""));
    }
    return false;
  }

  private static String describe(Object awaited) {
    String what = awaited instanceof Task<?> task ? task.name() : "tasks";
    return "nothing ends the wait of the test's thread for " + what;
  }

  // ---- Pools

  @Override
  public Pool pool(String name) {
    return pools.pool(name);
  }

  @Override
  public <T> CallSite<T> open(CallSiteSpec<T> spec) {
    return ((CallSite.Opener) pools).open(spec);
  }

  @Override
  public Set<String> names() {
    return pools.names();
  }

  @Override
  public PoolListener.Registration listen(PoolListener listener) {
    return pools.listen(listener);
  }

  @Override
  public void shutdown() {
    pools.shutdown();
  }

  @Override
  public void shutdownNow() {
    pools.shutdownNow();
  }

  @Override
  public boolean awaitTermination(Duration timeout) throws InterruptedException {
    return pools.awaitTermination(timeout);
  }

  /** Shuts down, runs every queued step, and waits until everything accepted has ended. */
  @Override
  public void close() {
    pools.shutdown();
    runAll();
    pools.close();
  }

  /** Does the same as {@link #close()}: no time passes meanwhile. */
  @Override
  public void close(Duration grace) {
    close();
  }
}
