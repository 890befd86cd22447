package dev.poolwright.guice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.AbstractModule;
import com.google.inject.ConfigurationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.PrivateModule;
import com.google.inject.Singleton;
import com.google.inject.Stage;
import com.google.inject.name.Names;
import com.google.inject.spi.Elements;
import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.ThreadPoolConfig;
import dev.poolwright.UnobservedFailure;
import dev.poolwright.annotation.PoolKind;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PoolwrightModuleTest {

  private static final Key<Pool> IO = Key.get(Pool.class, Names.named("io"));

  @TempDir private Path directory;

  private final List<Pools> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(Pools::close);
  }

  @ParameterizedTest
  @EnumSource(
      value = Stage.class,
      names = {"DEVELOPMENT", "PRODUCTION"})
  void bindsPoolsOnceAndEachPoolByName(Stage stage) {
    Injector injector = Guice.createInjector(stage, io());
    Pools pools = pools(injector);

    assertThat(pools(injector)).isSameAs(pools);
    assertThat(pools.names()).containsExactly("default", "io");
    assertThat(injector.getInstance(IO)).isSameAs(pools.pool("io"));
    assertThat(injector.getInstance(Key.get(Pool.class, Names.named("default"))))
        .isSameAs(pools.pool("default"));
  }

  @Test
  void bindsPoolsThatAnnotationsDeclare() throws IOException {
    try (URLClassLoader loader = DeclaredPools.naming(directory, DeclaredPools.Crawler.class)) {
      Injector injector =
          Guice.createInjector(new PoolwrightModule(pools -> pools.classLoader(loader)));

      assertThat(pools(injector).names()).containsExactly("cpu", "default", "io");
      assertThat(injector.getInstance(IO).kind()).isEqualTo(PoolKind.THREAD);
    }
  }

  @Test
  void looksForDeclaredPoolsWithTheContextClassLoaderOfItsConfiguration() throws IOException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = DeclaredPools.naming(directory, DeclaredPools.Crawler.class)) {
      thread.setContextClassLoader(loader);
      Injector injector = Guice.createInjector(new PoolwrightModule());
      thread.setContextClassLoader(before);

      assertThat(pools(injector).names()).contains("cpu");
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void tellsFailuresThatNobodyObserved() throws InterruptedException {
    BlockingQueue<UnobservedFailure> failures = new LinkedBlockingQueue<>();
    Injector injector =
        Guice.createInjector(
            new PoolwrightModule(
                pools ->
                    pools.pool(ThreadPoolConfig.named("io")).onUnobservedFailure(failures::add)));

    pools(injector).pool("io").execute(new Failing());

    UnobservedFailure failure = null;
    while (failure == null) {
      System.gc();
      failure = failures.poll(20, TimeUnit.MILLISECONDS);
    }
    assertThat(failure.pool()).isEqualTo("io");
    assertThat(failure.cause()).hasMessage("no luck");
  }

  @Test
  void injectsPoolsByJakartasName() {
    Injector injector = Guice.createInjector(io());

    assertThat(injector.getInstance(Report.class).io()).isSameAs(pools(injector).pool("io"));
  }

  @Test
  void injectsProxiesThatNothingBinds() {
    Injector injector = Guice.createInjector(io());

    assertThat(injector.getInstance(AsyncCrawler.class).pools()).isSameAs(pools(injector));
    assertThat(injector.getInstance(AsyncCrawler.class))
        .isNotSameAs(injector.getInstance(AsyncCrawler.class));
  }

  @Test
  void worksWhereEveryBindingIsExplicit() {
    Injector injector =
        Guice.createInjector(
            io(),
            new AbstractModule() {
              @Override
              protected void configure() {
                binder().requireExplicitBindings();
                binder().requireAtInjectOnConstructors();
                binder().requireExactBindingAnnotations();
                bind(Crawler.class);
                bind(AsyncCrawler.class);
                bind(Report.class);
              }
            });

    assertThat(injector.getInstance(AsyncCrawler.class).pools()).isSameAs(pools(injector));
    assertThat(injector.getInstance(Report.class).io()).isNotNull();
  }

  @Test
  void childrenShareThePoolsOfTheirParent() {
    Injector parent = Guice.createInjector(io());
    Injector child = parent.createChildInjector();

    assertThat(pools(child)).isSameAs(pools(parent));
    assertThat(child.getInstance(AsyncCrawler.class).pools()).isSameAs(pools(parent));
  }

  @Test
  void poolsBelongToTheInjectorThatInstallsThem() {
    Injector parent = Guice.createInjector();
    Injector first = parent.createChildInjector(io());
    Injector second = parent.createChildInjector(io());

    assertThat(pools(first)).isNotSameAs(pools(second));
    assertThat(first.getInstance(AsyncCrawler.class).pools()).isSameAs(pools(first));
    assertThat(second.getInstance(AsyncCrawler.class).pools()).isSameAs(pools(second));
    assertThatThrownBy(() -> parent.getInstance(Pools.class))
        .isInstanceOf(ConfigurationException.class);
  }

  @Test
  void privateModulesHideTheirPools() {
    Injector injector =
        Guice.createInjector(
            new PrivateModule() {
              @Override
              protected void configure() {
                install(io());
                bind(AsyncCrawler.class);
                expose(AsyncCrawler.class);
              }
            });

    opened.add(injector.getInstance(AsyncCrawler.class).pools());
    assertThat(opened.get(0).names()).contains("io");
    assertThatThrownBy(() -> injector.getInstance(IO)).isInstanceOf(ConfigurationException.class);
  }

  @Test
  void oneModuleMakesPoolsForEachInjector() {
    Module module = io();

    assertThat(pools(Guice.createInjector(module)))
        .isNotSameAs(pools(Guice.createInjector(module)));
  }

  @Test
  void startsNothingWhileItIsConfigured() {
    Module module =
        new PoolwrightModule(
            pools -> pools.pool(ThreadPoolConfig.named("eager").maxWorkers(2).prestart(2)));

    Elements.getElements(module);
    Injector injector = Guice.createInjector(Stage.DEVELOPMENT, module);

    assertThat(threadsOf("eager-")).isEmpty();
    assertThat(pools(injector).names()).contains("eager");
    assertThat(threadsOf("eager-")).hasSize(2);
  }

  private static List<String> threadsOf(String prefix) {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith(prefix))
        .toList();
  }

  private static PoolwrightModule io() {
    return new PoolwrightModule(pools -> pools.pool(ThreadPoolConfig.named("io").maxWorkers(2)));
  }

  private Pools pools(Injector injector) {
    Pools pools = injector.getInstance(Pools.class);
    opened.add(pools);
    return pools;
  }

  @Singleton
  private static final class Crawler {
    @Inject
    Crawler() {}
  }

  private static final class Failing implements Runnable {
    @Override
    public void run() {
      throw new IllegalStateException("no luck");
    }
  }

  /** Is wired as a generated proxy is. */
  private record AsyncCrawler(Crawler crawler, Pools pools) {
    @Inject
    AsyncCrawler {}
  }

  private record Report(@Named("io") Pool io) {
    @Inject
    Report {}
  }
}
