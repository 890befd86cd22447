package dev.poolwright.spi;

import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.annotation.setting.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Description of a {@link CallSite}: the facts that the compiler knows about one {@code @Async}
 * method.
 *
 * <p><b>Shape:</b> immutable; each method that sets something returns a copy.
 *
 * @param <T> the class that has the method
 */
public final class CallSiteSpec<T> {

  private final Class<? super T> type;
  private final String method;
  private final String pool;
  private final boolean isStatic;

  // Written by the method that makes this, before it returns.
  private List<SiteCallback<T>> callbacks = List.of();
  private Optional<Duration> timeout = Optional.empty();
  private OptionalInt retries = OptionalInt.empty();
  private Optional<String> travelProblem = Optional.empty();
  private boolean isStage;
  private boolean needsModules;

  CallSiteSpec(Class<? super T> type, String method, String pool, boolean isStatic) {
    this.type = type;
    this.method = method;
    this.pool = pool;
    this.isStatic = isStatic;
  }

  private CallSiteSpec<T> copy() {
    CallSiteSpec<T> made = new CallSiteSpec<>(type, method, pool, isStatic);
    made.callbacks = callbacks;
    made.timeout = timeout;
    made.retries = retries;
    made.travelProblem = travelProblem;
    made.isStage = isStage;
    made.needsModules = needsModules;
    return made;
  }

  /**
   * Declares that the method returns a stage, whose result is the result of the task.
   *
   * @return a copy with this change
   */
  public CallSiteSpec<T> returnsStage() {
    CallSiteSpec<T> made = copy();
    made.isStage = true;
    return made;
  }

  /**
   * Sets the time limit of each run.
   *
   * @param limit a duration as in {@code @Async}; not empty
   * @return a copy with this change
   * @throws IllegalArgumentException if {@code limit} is not a positive duration
   */
  public CallSiteSpec<T> timeout(String limit) {
    CallSiteSpec<T> made = copy();
    made.timeout = Optional.of(DurationText.parse(limit));
    return made;
  }

  /**
   * Sets how many times a call is run again when its worker ended by itself.
   *
   * @param times a number as in {@code @Async}
   * @return a copy with this change
   */
  public CallSiteSpec<T> retries(int times) {
    CallSiteSpec<T> made = copy();
    made.retries = OptionalInt.of(times);
    return made;
  }

  /**
   * Declares that the method cannot run in a worker JVM, because a type in its signature cannot be
   * serialized.
   *
   * @param path the path from the signature to the offending type, such as {@code "result
   *     Summary.owner: Thread"}
   * @return a copy with this change
   */
  public CallSiteSpec<T> cannotTravel(String path) {
    CallSiteSpec<T> made = copy();
    made.travelProblem = Optional.of(path);
    return made;
  }

  /**
   * Declares that the class has no accessible constructor without parameters, so that a worker JVM
   * needs the modules of the pool to create the target.
   *
   * @return a copy with this change
   */
  public CallSiteSpec<T> needsModules() {
    CallSiteSpec<T> made = copy();
    made.needsModules = true;
    return made;
  }

  /**
   * Adds a callback that receives the result.
   *
   * @param name a name such as {@code "save(Page)"}
   * @param callback runs after a success
   * @param <R> the result
   * @return a copy with this change
   */
  public <R extends @Nullable Object> CallSiteSpec<T> onSuccess(
      String name, SiteCallback.OnSuccess<T, R> callback) {
    return add(name, callback);
  }

  /**
   * Adds a callback that receives a failure of any kind.
   *
   * @param name a name such as {@code "failed(Throwable)"}
   * @param callback runs after a failure, a time limit or a cancel
   * @return a copy with this change
   */
  public CallSiteSpec<T> onFailure(String name, SiteCallback.OnFailure<T> callback) {
    return add(name, callback);
  }

  /**
   * Adds a callback that receives the result or the failure.
   *
   * @param name a name such as {@code "ended(Page, Throwable)"}
   * @param callback runs after every end; one of its arguments is null
   * @param <R> the result
   * @return a copy with this change
   */
  public <R extends @Nullable Object> CallSiteSpec<T> onEither(
      String name, SiteCallback.OnEither<T, R> callback) {
    return add(name, callback);
  }

  /**
   * Adds a callback that receives the task.
   *
   * @param name a name such as {@code "done(Task)"}
   * @param callback runs after every end, with the done {@link Task}
   * @param <R> the result
   * @return a copy with this change
   */
  public <R extends @Nullable Object> CallSiteSpec<T> onDone(
      String name, SiteCallback.OnDone<T, R> callback) {
    return add(name, callback);
  }

  private CallSiteSpec<T> add(String name, SiteCallback.Form<T> form) {
    List<SiteCallback<T>> all = new ArrayList<>(callbacks);
    all.add(new SiteCallback<>(name, form));
    CallSiteSpec<T> made = copy();
    made.callbacks = List.copyOf(all);
    return made;
  }

  /**
   * Opens the call site.
   *
   * @param pools the owner of the pool
   * @return the call site
   * @throws java.util.NoSuchElementException if there is no such pool; the message lists the
   *     existing ones
   * @throws IllegalArgumentException if the method cannot run on a pool of this kind; the message
   *     says why
   * @throws IllegalArgumentException if {@code pools} is not an implementation of Poolwright
   */
  public CallSite<T> open(Pools pools) {
    if (pools instanceof CallSite.Opener opener) {
      return opener.open(this);
    }
    throw new IllegalArgumentException(
        "pools is a "
            + pools.getClass().getName()
            + "; must come from Pools.builder(), Pools.direct() or PoolwrightModule");
  }

  /**
   * The class that has the method.
   *
   * @return the class
   */
  public Class<? super T> type() {
    return type;
  }

  /**
   * The method with the simple names of its parameter types.
   *
   * @return text such as {@code "get(String)"}
   */
  public String method() {
    return method;
  }

  /**
   * Whether the method is static, so that calls have no target.
   *
   * @return true if it is static
   */
  public boolean isStatic() {
    return isStatic;
  }

  /**
   * Whether the method returns a stage, whose result is the result of the task.
   *
   * @return true if it returns a stage
   */
  public boolean isStage() {
    return isStage;
  }

  /**
   * The name of the tasks of this call site.
   *
   * @return a name such as {@code "Crawler.get(String)"}
   */
  public String taskName() {
    return type.getSimpleName() + "." + method;
  }

  /**
   * The name of the pool that runs the calls.
   *
   * @return the name as declared
   */
  public String pool() {
    return pool;
  }

  /**
   * The time limit of each run.
   *
   * @return empty if the limit of the pool applies
   */
  public Optional<Duration> timeout() {
    return timeout;
  }

  /**
   * How many times a call is run again when its worker ended by itself.
   *
   * @return empty if the setting of the pool applies
   */
  public OptionalInt retries() {
    return retries;
  }

  /**
   * The reason why the method cannot run in a worker JVM.
   *
   * @return the path to the offending type; empty if the compiler found none
   */
  public Optional<String> travelProblem() {
    return travelProblem;
  }

  /**
   * Whether a worker JVM needs the modules of the pool to create the target.
   *
   * @return true if it needs them
   */
  public boolean isModulesNeeded() {
    return needsModules;
  }

  /**
   * The callbacks of the method.
   *
   * @return callbacks in declaration order
   */
  public List<SiteCallback<T>> callbacks() {
    return callbacks;
  }
}
