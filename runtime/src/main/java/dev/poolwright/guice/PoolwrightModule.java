package dev.poolwright.guice;

import com.google.inject.AbstractModule;
import com.google.inject.Provider;
import com.google.inject.Singleton;
import com.google.inject.name.Names;
import dev.poolwright.Pool;
import dev.poolwright.Pools;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Binds {@link Pools} as a singleton, and every pool that annotations declare or code configures as
 * {@code @Named("io") Pool}, in the injector that installs it:
 *
 * <pre>{@code
 * Injector injector =
 *     Guice.createInjector(
 *         new PoolwrightModule(
 *             pools -> pools.pool(ThreadPoolConfig.named("io").queueCapacity(100))));
 * Pools pools = injector.getInstance(Pools.class);
 * ...
 * pools.close(Duration.ofSeconds(30));
 * }</pre>
 *
 * <p>Generated proxies need no binding, since their constructors are {@code @Inject}; a module that
 * requires explicit bindings binds a proxy where it binds its class. Whoever creates the injector
 * closes the {@code Pools}, since Guice has no life cycle.
 *
 * <p><b>Shape:</b> immutable. Each injector created with this module gets its own {@code Pools}.
 *
 * <p><b>Errors:</b> invalid configuration and conflicting declarations are reported as errors of
 * the injector, with the message of {@link Pools.Builder#build()}.
 */
@SuppressWarnings("exports") // a module that uses this one requires Guice itself
public final class PoolwrightModule extends AbstractModule {

  private final Consumer<? super Pools.Builder> configuration;

  /** Creates a module that knows every pool declared at compile time. */
  public PoolwrightModule() {
    this(builder -> {});
  }

  /**
   * Creates a module whose pools are also configured in code.
   *
   * @param configuration receives the builder of the {@code Pools} of each injector
   */
  public PoolwrightModule(Consumer<? super Pools.Builder> configuration) {
    this.configuration = Objects.requireNonNull(configuration, "configuration");
  }

  @Override
  protected void configure() {
    Pools.Builder builder = Pools.builder();
    configuration.accept(builder);
    try {
      builder.check();
    } catch (IllegalArgumentException e) {
      addError("%s", e.getMessage());
    }
    bind(Pools.class).toProvider(builder::build).in(Singleton.class);
    Provider<Pools> pools = getProvider(Pools.class);
    // Also those that are wrong, so that Guice does not report them as missing too.
    for (String name : builder.names()) {
      bind(Pool.class).annotatedWith(Names.named(name)).toProvider(() -> pools.get().pool(name));
    }
  }
}
