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
 * Description of a {@link CallSite}: what the compiler knows of one {@code @Async} method.
 *
 * <p><b>Shape:</b> immutable; each setting makes another description.
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
   * Says that the method returns a stage, whose result is the task's.
   *
   * @return another description
   */
  public CallSiteSpec<T> returnsStage() {
    CallSiteSpec<T> made = copy();
    made.isStage = true;
    return made;
  }

  /**
   * Sets the time limit of each run.
   *
   * @param limit as in {@code @Async}; not empty
   * @return another description
   */
  public CallSiteSpec<T> timeout(String limit) {
    CallSiteSpec<T> made = copy();
    made.timeout = Optional.of(DurationText.parse(limit));
    return made;
  }

  /**
   * Sets how often a call is run again whose worker ended by itself.
   *
   * @param times as in {@code @Async}
   * @return another description
   */
  public CallSiteSpec<T> retries(int times) {
    CallSiteSpec<T> made = copy();
    made.retries = OptionalInt.of(times);
    return made;
  }

  /**
   * Says that the method cannot run in a worker JVM, because a type of its signature cannot travel.
   *
   * @param path from the signature to the offender, as {@code "result Summary.owner: Thread"}
   * @return another description
   */
  public CallSiteSpec<T> cannotTravel(String path) {
    CallSiteSpec<T> made = copy();
    made.travelProblem = Optional.of(path);
    return made;
  }

  /**
   * Says that the class has no accessible constructor without parameters, so that a worker JVM
   * needs the pool's modules to make the target.
   *
   * @return another description
   */
  public CallSiteSpec<T> needsModules() {
    CallSiteSpec<T> made = copy();
    made.needsModules = true;
    return made;
  }

  /**
   * Adds a callback on the result.
   *
   * @param name as {@code "save(Page)"}
   * @param callback runs after a success
   * @param <R> the result
   * @return another description
   */
  public <R extends @Nullable Object> CallSiteSpec<T> onSuccess(
      String name, SiteCallback.OnSuccess<T, R> callback) {
    return add(name, callback);
  }

  /**
   * Adds a callback on the failure, of whatever kind.
   *
   * @param name as {@code "failed(Throwable)"}
   * @param callback runs after a failure, a time limit or a cancel
   * @return another description
   */
  public CallSiteSpec<T> onFailure(String name, SiteCallback.OnFailure<T> callback) {
    return add(name, callback);
  }

  /**
   * Adds a callback on either.
   *
   * @param name as {@code "ended(Page, Throwable)"}
   * @param callback runs after every end; one of its arguments is null
   * @param <R> the result
   * @return another description
   */
  public <R extends @Nullable Object> CallSiteSpec<T> onEither(
      String name, SiteCallback.OnEither<T, R> callback) {
    return add(name, callback);
  }

  /**
   * Adds a callback on the task.
   *
   * @param name as {@code "done(Task)"}
   * @param callback runs after every end, with the done {@link Task}
   * @param <R> the result
   * @return another description
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
   * @param pools owner of the pool
   * @return the call site
   * @throws java.util.NoSuchElementException when there is no such pool; names those there are
   * @throws IllegalArgumentException when the method cannot run on a pool of this kind; says why
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
   * The method.
   *
   * @return as {@code "get(String)"}
   */
  public String method() {
    return method;
  }

  /**
   * Whether the method is static, so that calls have no target.
   *
   * @return whether it is
   */
  public boolean isStatic() {
    return isStatic;
  }

  /**
   * Whether the method returns a stage, whose result is the task's.
   *
   * @return whether it does
   */
  public boolean isStage() {
    return isStage;
  }

  /**
   * The name of its tasks.
   *
   * @return as {@code "Crawler.get(String)"}
   */
  public String taskName() {
    return type.getSimpleName() + "." + method;
  }

  /**
   * The pool.
   *
   * @return its name
   */
  public String pool() {
    return pool;
  }

  /**
   * The time limit of each run.
   *
   * @return empty to leave it to the pool
   */
  public Optional<Duration> timeout() {
    return timeout;
  }

  /**
   * How often a call is run again whose worker ended by itself.
   *
   * @return empty to leave it to the pool
   */
  public OptionalInt retries() {
    return retries;
  }

  /**
   * Why the method cannot run in a worker JVM.
   *
   * @return the path to the offender; empty when the compiler found none
   */
  public Optional<String> travelProblem() {
    return travelProblem;
  }

  /**
   * Whether a worker JVM needs the pool's modules to make the target.
   *
   * @return whether it does
   */
  public boolean isModulesNeeded() {
    return needsModules;
  }

  /**
   * The callbacks.
   *
   * @return in declaration order
   */
  public List<SiteCallback<T>> callbacks() {
    return callbacks;
  }
}
