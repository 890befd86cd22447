package dev.poolwright.guice;

import com.google.inject.AbstractModule;
import com.google.inject.Provider;
import com.google.inject.Singleton;
import com.google.inject.name.Names;
import dev.poolwright.Pool;
import dev.poolwright.PoolConfig;
import dev.poolwright.Pools;
import dev.poolwright.UnobservedFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Binds {@link Pools} as a singleton, and every pool that annotations declare or code configures as
 * {@code @Named("io") Pool}, in the injector that installs it:
 *
 * <pre>{@code
 * Injector injector = Guice.createInjector(
 *     new PoolwrightModule().pool(ThreadPoolConfig.named("io").maxWorkers(4)));
 * try (Pools pools = injector.getInstance(Pools.class)) {
 *   ...
 * }
 * }</pre>
 *
 * <p>Generated proxies need no binding, since their constructors are {@code @Inject}; a module that
 * requires explicit bindings binds a proxy where it binds its class. Whoever makes the injector
 * closes the {@code Pools}, as Guice ends nothing.
 *
 * <p><b>Shape:</b> mutable until it is installed. An injector that is made of it gets {@code Pools}
 * of its own.
 *
 * <p><b>Errors:</b> wrong configuration and declarations that disagree are errors of the injector,
 * with the text of {@link Pools.Builder#build()}.
 */
@SuppressWarnings("exports") // a module that uses this one requires Guice itself
public final class PoolwrightModule extends AbstractModule {

  private final List<PoolConfig> configs = new ArrayList<>();
  private @Nullable ClassLoader loader;
  private @Nullable Consumer<? super UnobservedFailure> handler;
  private @Nullable Boolean isHooked;
  private @Nullable Duration exitGrace;

  /** Makes a module that knows every pool declared at compile time. */
  public PoolwrightModule() {}

  /**
   * Configures a declared pool, or adds one that is used by name. Stronger than annotations, weaker
   * than system properties; of two configurations of one pool the later wins, setting by setting.
   *
   * @param config what to set
   * @return this module
   */
  public PoolwrightModule pool(PoolConfig config) {
    configs.add(config);
    return this;
  }

  /**
   * Says what to do with the failure of a task that nobody observed. By default it is logged as an
   * error with the task's name.
   *
   * @param newHandler runs on a thread of the framework; what it throws is logged
   * @return this module
   */
  public PoolwrightModule onUnobservedFailure(Consumer<? super UnobservedFailure> newHandler) {
    handler = newHandler;
    return this;
  }

  /**
   * Says whether the exit of the JVM ends the pools, which is so by default; see {@link
   * Pools.Builder#exitHook}.
   *
   * @param newIsHooked whether
   * @return this module
   */
  public PoolwrightModule exitHook(boolean newIsHooked) {
    isHooked = newIsHooked;
    return this;
  }

  /**
   * Says how long the exit of the JVM waits for accepted tasks; see {@link
   * Pools.Builder#exitGrace}.
   *
   * @param grace zero or more; zero by default
   * @return this module
   */
  public PoolwrightModule exitGrace(Duration grace) {
    exitGrace = grace;
    return this;
  }

  /**
   * Says where to look for pools declared at compile time.
   *
   * @param newLoader sees the application's classes; by default the thread's context class loader
   * @return this module
   */
  public PoolwrightModule classLoader(ClassLoader newLoader) {
    loader = newLoader;
    return this;
  }

  @Override
  protected void configure() {
    Pools.Builder builder = builder();
    bind(Pools.class).toProvider(builder::build).in(Singleton.class);
    Provider<Pools> pools = getProvider(Pools.class);
    for (String name : names(builder)) {
      bind(Pool.class).annotatedWith(Names.named(name)).toProvider(() -> pools.get().pool(name));
    }
  }

  private Pools.Builder builder() {
    Pools.Builder builder = Pools.builder();
    configs.forEach(builder::pool);
    if (loader != null) {
      builder.classLoader(loader);
    }
    if (handler != null) {
      builder.onUnobservedFailure(handler);
    }
    if (isHooked != null) {
      builder.exitHook(isHooked);
    }
    if (exitGrace != null) {
      builder.exitGrace(exitGrace);
    }
    return builder;
  }

  private Set<String> names(Pools.Builder builder) {
    try {
      return builder.names();
    } catch (IllegalArgumentException e) {
      addError("%s", e.getMessage());
      // Bound all the same, so that Guice does not report them as missing too.
      return configs.stream().map(PoolConfig::name).collect(Collectors.toSet());
    }
  }
}
