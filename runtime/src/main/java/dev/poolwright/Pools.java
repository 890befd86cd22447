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
 * Owns every named pool of an application. Created once, by Guice's {@code PoolwrightModule} or by
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
 * workers, callbacks and stages of accepted tasks may still submit; all pools end together when
 * nothing is left to do. If {@code main} returns without closing the pools, the program ends by
 * itself when every accepted task is done.
 *
 * <p><b>Threads:</b> thread-safe.
 */
@SuppressWarnings("exports") // an annotation that nobody else need have
public interface Pools extends AutoCloseable {

  /**
   * Starts the configuration of new pools.
   *
   * @return a builder that knows every pool declared at compile time
   * @throws IllegalStateException if there is no implementation on the class path
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
   * Creates pools that run every call at once on the calling thread, for unit tests. A pool exists
   * for any name.
   *
   * @return new pools, which need not be closed
   */
  static Pools direct() {
    return builder().direct();
  }

  /**
   * The pool of a name.
   *
   * @param name the name as declared
   * @return always the same pool
   * @throws NoSuchElementException if there is no pool of that name; the message lists the existing
   *     ones
   */
  Pool pool(String name);

  /**
   * The names of all pools.
   *
   * @return names in alphabetical order; unmodifiable
   */
  Set<String> names();

  /**
   * All pools.
   *
   * @return pools in alphabetical order of their names; unmodifiable
   */
  default List<Pool> all() {
    return names().stream().map(this::pool).toList();
  }

  /**
   * Adds a listener to these running pools.
   *
   * @param listener receives events of tasks submitted from now on, and of workers that start and
   *     end
   * @return the registration, which removes the listener when closed
   */
  PoolListener.Registration listen(PoolListener listener);

  /** Refuses submits from outside and finishes everything accepted. A second call does nothing. */
  void shutdown();

  /** Refuses every submit, and cancels queued and running tasks. A second call does nothing. */
  void shutdownNow();

  /**
   * Waits until every accepted task, callback and stage is done and every worker has ended.
   *
   * @param timeout the maximum time to wait
   * @return true if all have ended
   * @throws InterruptedException if the calling thread is interrupted
   */
  boolean awaitTermination(Duration timeout) throws InterruptedException;

  /**
   * Shuts down and waits until everything accepted has ended, however long that takes. If the
   * calling thread is interrupted, the remaining work is stopped, and the interrupt flag is
   * restored. A second call only waits.
   *
   * @throws IllegalStateException if called by a worker or callback of these pools, which would
   *     wait for itself
   */
  @Override
  void close();

  /**
   * Shuts down, waits for the grace period, then stops the remaining work and logs the tasks that
   * did not end in time. If the JVM exits meanwhile, tasks keep the rest of the grace period.
   *
   * @param grace the maximum time to wait before stopping
   * @throws IllegalStateException if called by a worker or callback of these pools
   */
  void close(Duration grace);

  /**
   * A task, or a chunk of a batch, that waits to be run by hand. Its {@code toString} names task
   * and pool. Thread-safe.
   */
  interface Step extends Runnable {

    /** Runs this step and its callbacks on the calling thread. Does nothing if it is over. */
    @Override
    void run();

    /**
     * Whether nothing is left to run: this step was begun, or its task ended in another way.
     *
     * @return true if nothing is left to run
     */
    boolean isOver();

    /**
     * The name of the task.
     *
     * @return a name as in {@link Task#name()}
     */
    String name();
  }

  /** Configuration of new {@link Pools}. Confined to one thread. */
  interface Builder {

    /**
     * Configures a declared pool, or adds one that is used by name. These settings override
     * annotations and are overridden by system properties. Of two configurations of one pool the
     * later one wins, setting by setting.
     *
     * @param config the settings
     * @return this builder
     */
    @CanIgnoreReturnValue
    Builder pool(PoolConfig config);

    /**
     * Adds properties with the names of the system properties: {@code
     * poolwright.pools.<pool>.<setting>}. They override configuration in code and are overridden by
     * system properties; of two sources the later one wins, setting by setting. Other names are
     * ignored.
     *
     * @param source the name of their source in messages, such as {@code application.yml}
     * @param values values by full property name
     * @return this builder
     */
    @CanIgnoreReturnValue
    Builder properties(String source, Map<String, String> values);

    /**
     * Sets the class loader that finds pools declared at compile time.
     *
     * @param loader the class loader; by default the context class loader of the thread
     * @return this builder
     */
    @CanIgnoreReturnValue
    Builder classLoader(ClassLoader loader);

    /**
     * Adds a context carrier, which carries context from each submitting thread to where the task
     * runs. Carriers that the service loader finds need not be added.
     *
     * @param carrier the carrier; the first one added is the outermost
     * @return this builder
     */
    @CanIgnoreReturnValue
    Builder context(ContextCarrier carrier);

    /**
     * Adds a listener, which receives the events of the pools. Listeners that the service loader
     * finds need not be added.
     *
     * @param listener a thread-safe listener
     * @return this builder
     */
    @CanIgnoreReturnValue
    Builder listener(PoolListener listener);

    /**
     * Sets the handler of task failures that nobody observed. By default such a failure is logged
     * as an error with the name of the task.
     *
     * @param handler runs on a thread of the framework; its exceptions are logged
     * @return this builder
     */
    @CanIgnoreReturnValue
    Builder onUnobservedFailure(Consumer<? super UnobservedFailure> handler);

    /**
     * Sets whether the exit of the JVM ends the pools, as it does by default. Otherwise the owner
     * of the pools closes them at exit, in a shutdown hook or a life cycle, and nothing is refused
     * or cancelled before that. Worker JVMs end with the application in any case.
     *
     * @param isHooked true to end the pools at exit
     * @return this builder
     */
    @CanIgnoreReturnValue
    Builder exitHook(boolean isHooked);

    /**
     * Sets how long the exit of the JVM waits for accepted tasks before the remaining ones are
     * cancelled. The system property {@code poolwright.exit-grace} overrides it; without an exit
     * hook there is no such wait.
     *
     * @param grace zero or more; zero by default
     * @return this builder
     * @throws IllegalArgumentException if {@code grace} is negative
     */
    @CanIgnoreReturnValue
    Builder exitGrace(Duration grace);

    /**
     * Sets the time that the pools use instead of the system's. For tests.
     *
     * @param time the time for limits, keep-alives and waits
     * @return this builder
     */
    @CanIgnoreReturnValue
    Builder time(Time time);

    /**
     * The names of the pools that annotations declare and code configures, even if their settings
     * are invalid. Starts nothing.
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
     * Creates the pools. Only workers configured to prestart are started.
     *
     * @return running pools
     * @throws IllegalArgumentException if two declarations of a pool disagree; the message names
     *     both places
     * @throws IllegalArgumentException if a setting is out of range; the message names the value
     *     and the range
     * @throws IllegalArgumentException if a pool of its kind does not have a setting
     * @throws IllegalArgumentException if the pool declarations of a class path entry cannot be
     *     read
     */
    Pools build();

    /**
     * Sets whether direct pools copy: if a pool is declared or configured as a process pool, the
     * arguments and results of its tasks are serialized and deserialized, and a task fails if that
     * is not possible. The calls still run in this JVM.
     *
     * @param isCopying true to copy; false by default
     * @return this builder
     */
    @CanIgnoreReturnValue
    Builder copying(boolean isCopying);

    /**
     * Creates pools that run every call at once on the calling thread, as {@link Pools#direct()}
     * does. A pool exists for any name; settings have no effect.
     *
     * @return new pools, which need not be closed
     * @throws IllegalArgumentException as {@link #build()} does, if these pools copy
     */
    Pools direct();

    /**
     * Creates pools whose calls are run by hand, on any thread, and that start no thread: work that
     * would run on a thread of the framework, such as callbacks of a cancelled task, runs on the
     * thread that causes it. A pool exists for any name; settings have no effect.
     *
     * @param steps receives each task, or chunk of a batch, when it is submitted
     * @return new pools, to be closed
     * @throws IllegalArgumentException as {@link #build()} does, if these pools copy
     */
    Pools direct(Consumer<? super Step> steps);
  }
}
