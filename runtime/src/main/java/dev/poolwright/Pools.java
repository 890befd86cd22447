package dev.poolwright;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Owner of every named pool of an application. Made once, by Guice's {@code PoolwrightModule} or by
 * {@link #builder()}, and closed at the end:
 *
 * <pre>{@code
 * try (Pools pools = Pools.builder().build()) {
 *   AsyncCrawler crawler = new AsyncCrawler(new Crawler(), pools);
 *   ...
 * }
 * }</pre>
 *
 * <p><b>Life cycle:</b> running; after {@link #shutdown()} submits from outside are rejected, while
 * workers, callbacks and stages of accepted tasks may still submit; all pools stop together when
 * nothing is left to do. A program whose {@code main} returns without closing ends by itself when
 * every accepted task is done.
 *
 * <p><b>Threads:</b> thread-safe.
 */
@SuppressWarnings("exports") // an annotation that nobody else need have
public interface Pools extends AutoCloseable {

  /**
   * Starts the configuration of new pools.
   *
   * @return a builder that knows every pool declared at compile time
   * @throws IllegalStateException if the class path has no implementation
   */
  static Builder builder() {
    Optional<Builder> found =
        ServiceLoader.load(Builder.class, Builder.class.getClassLoader()).findFirst();
    if (found.isEmpty()) {
      throw new IllegalStateException(
          "no dev.poolwright.Pools.Builder found; add poolwright-runtime, with its"
              + " META-INF/services, to the class path");
    }
    return found.get();
  }

  /**
   * Pools whose every call runs at once on the calling thread, for unit tests. Any pool name
   * exists.
   *
   * @return new pools; need not be closed
   */
  static Pools direct() {
    return builder().direct();
  }

  /**
   * A pool.
   *
   * @param name as declared
   * @return always the same one
   * @throws NoSuchElementException when there is none; the message names the pools there are
   */
  Pool pool(String name);

  /**
   * The pools there are.
   *
   * @return names in alphabetical order; unmodifiable
   */
  Set<String> names();

  /**
   * The pools there are.
   *
   * @return in alphabetical order of their names; unmodifiable
   */
  default List<Pool> all() {
    return names().stream().map(this::pool).toList();
  }

  /**
   * Tells a listener of what these pools do from here on.
   *
   * @param listener told of the tasks that are submitted and the workers that start and end
   * @return takes it away again
   */
  PoolListener.Registration listen(PoolListener listener);

  /**
   * Refuses submits from outside and lets everything accepted finish. A second call does nothing.
   */
  void shutdown();

  /** Refuses every submit, and cancels queued and running tasks. A second call does nothing. */
  void shutdownNow();

  /**
   * Waits until every accepted task, callback and stage is done and every worker has ended.
   *
   * @param timeout longest wait
   * @return whether all have ended
   * @throws InterruptedException when the calling thread is interrupted
   */
  boolean awaitTermination(Duration timeout) throws InterruptedException;

  /**
   * Shuts down and waits for the end of everything accepted, however long it takes. An interrupt
   * stops what is left, and restores the flag. A second call waits as well and does nothing more.
   *
   * @throws IllegalStateException when called by a worker or callback of these pools, which would
   *     wait for itself
   */
  @Override
  void close();

  /**
   * Shuts down, waits for the grace period, then stops what is left and logs which tasks held it
   * up. When the JVM exits meanwhile, tasks have what is left of that time.
   *
   * @param grace longest wait before stopping
   * @throws IllegalStateException when called by a worker or callback of these pools
   */
  void close(Duration grace);

  /**
   * A task, or a chunk of a batch, that waits until somebody runs it. Its text names task and pool.
   * Thread-safe.
   */
  interface Step extends Runnable {

    /** Runs it on the calling thread, with its callbacks. Does nothing when it is over. */
    @Override
    void run();

    /**
     * Whether there is nothing left to run: it was begun, or its task was ended otherwise.
     *
     * @return whether
     */
    boolean isOver();

    /**
     * The name of the task.
     *
     * @return as {@link Task#name()}
     */
    String name();
  }

  /** Configuration of new {@link Pools}. Confined to one thread. */
  interface Builder {

    /**
     * Configures a declared pool, or adds one that is used by name. Its settings are stronger than
     * annotations and weaker than system properties. Of two configurations of one pool the later
     * one wins, setting by setting.
     *
     * @param config what to set
     * @return this builder
     */
    @CanIgnoreReturnValue
    Builder pool(PoolConfig config);

    /**
     * Adds properties, as the system's: {@code poolwright.pools.<pool>.<setting>}. They are
     * stronger than code and weaker than system properties; of two sources the later one wins,
     * setting by setting. Other names are passed over.
     *
     * @param source names where they are from, for messages: {@code application.yml}
     * @param values texts by the whole name of the property
     * @return this builder
     */
    @CanIgnoreReturnValue
    Builder properties(String source, Map<String, String> values);

    /**
     * Says where to look for pools declared at compile time.
     *
     * @param loader finds the catalogues; by default the thread's context class loader
     * @return this builder
     */
    @CanIgnoreReturnValue
    Builder classLoader(ClassLoader loader);

    /**
     * Adds a carrier of context, which takes what it carries from each thread that submits to where
     * the task runs. Carriers that the service loader finds need not be added.
     *
     * @param carrier the first added is the outermost
     * @return this builder
     */
    @CanIgnoreReturnValue
    Builder context(ContextCarrier carrier);

    /**
     * Adds a listener, which hears what the pools do. Listeners that the service loader finds need
     * not be added.
     *
     * @param listener must be thread-safe
     * @return this builder
     */
    @CanIgnoreReturnValue
    Builder listener(PoolListener listener);

    /**
     * Says what to do with the failure of a task that nobody observed. By default it is logged as
     * an error with the task's name.
     *
     * @param handler runs on a thread of the framework; what it throws is logged
     * @return this builder
     */
    @CanIgnoreReturnValue
    Builder onUnobservedFailure(Consumer<? super UnobservedFailure> handler);

    /**
     * Says whether the exit of the JVM ends the pools, which is so by default. Without that, who
     * owns the pools closes them at the exit, in a shutdown hook or a life cycle: nothing is
     * refused or cancelled before. Worker JVMs still end with the application.
     *
     * @param isHooked whether
     * @return this builder
     */
    @CanIgnoreReturnValue
    Builder exitHook(boolean isHooked);

    /**
     * Says how long the exit of the JVM waits for accepted tasks, before it cancels what is left.
     * The system property {@code poolwright.exit-grace} is stronger; without an exit hook there is
     * no such wait.
     *
     * @param grace zero or more; zero by default
     * @return this builder
     * @throws IllegalArgumentException when negative
     */
    @CanIgnoreReturnValue
    Builder exitGrace(Duration grace);

    /**
     * Says what time the pools go by, in the place of the system's. For tests.
     *
     * @param time for limits, keep-alives and waits
     * @return this builder
     */
    @CanIgnoreReturnValue
    Builder time(Time time);

    /**
     * The pools that annotations declare and code configures, whether their settings are right or
     * not. Starts nothing.
     *
     * @return names in alphabetical order; unmodifiable
     */
    Set<String> names();

    /**
     * Reads and checks every source of configuration. Starts nothing.
     *
     * @throws IllegalArgumentException as {@link #build()} does
     */
    void check();

    /**
     * Makes the pools. Nothing is started but what is configured to prestart.
     *
     * @return running pools
     * @throws IllegalArgumentException if two declarations of a pool disagree; the message names
     *     both places
     * @throws IllegalArgumentException if a setting is out of range, or of another kind of pools;
     *     the message names the value and what it must be
     * @throws IllegalArgumentException if the pools of a class path entry cannot be read
     */
    Pools build();

    /**
     * Says whether direct pools copy: where a pool is declared or configured as one of worker JVMs,
     * the arguments and results of its tasks are written and read, as they would be on their way,
     * and what cannot travel fails its task. The calls still run in this JVM.
     *
     * @param isCopying whether; not so by default
     * @return this builder
     */
    @CanIgnoreReturnValue
    Builder copying(boolean isCopying);

    /**
     * Makes pools whose every call runs at once on the calling thread, as {@link Pools#direct()}
     * does. Any pool name exists; settings count for nothing.
     *
     * @return new pools; need not be closed
     */
    Pools direct();

    /**
     * Makes pools whose calls are run by hand, on any thread, and that start no thread: what would
     * run on threads of their own, such as callbacks of a cancelled task, runs on the thread that
     * causes it. Any pool name exists; settings count for nothing.
     *
     * @param steps is given each task, or chunk of a batch, when it was submitted
     * @return new pools; to be closed
     */
    Pools direct(Consumer<? super Step> steps);
  }
}
