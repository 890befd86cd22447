package dev.poolwright.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.ContextCarrier;
import dev.poolwright.PoolListener;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.TaskEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.MapPropertySource;

/** A restart as devtools does it, in a new class loader, frees the old one. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class RestartTest {

  /** In a JVM of its own, which keeps nothing that is reachable softly: Spring's caches are so. */
  @Test
  void theClassLoaderOfAnEndedApplicationIsFreed() throws Exception {
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:SoftRefLRUPolicyMSPerMB=0",
                "-Xmx128m",
                "-Dpoolwright.console=0",
                "-cp",
                System.getProperty("java.class.path"),
                Restarts.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertThat(program.inputReader().lines())
          .containsExactly("ran", "ran", "ran", "3 of 3 class loaders freed");
    } finally {
      program.destroyForcibly().waitFor();
    }
  }

  /** What devtools is: it stays, and the application comes and goes. */
  static final class Restarts {

    private static final int TIMES = 3;
    private static final long WAIT_NANOS = Duration.ofSeconds(20).toNanos();

    private Restarts() {}

    public static void main(String[] args) throws Exception {
      // Spring keeps the class loader of the first application that it converts a property for.
      MapPropertySource limit = new MapPropertySource("first", Map.of("limit", "1s"));
      Duration unused =
          new Binder(ConfigurationPropertySource.from(limit)).bind("limit", Duration.class).get();
      ReferenceQueue<ClassLoader> freed = new ReferenceQueue<>();
      Set<WeakReference<ClassLoader>> alive = new HashSet<>();
      for (int i = 0; i < TIMES; i++) {
        alive.add(new WeakReference<>(start(), freed));
      }
      long begin = System.nanoTime();
      while (!alive.isEmpty() && System.nanoTime() - begin < WAIT_NANOS) {
        System.gc();
        serialize();
        alive.remove(freed.remove(50));
      }
      System.out.println(TIMES - alive.size() + " of " + TIMES + " class loaders freed");
    }

    /** The JDK's caches of serialized classes let go of what they may when they are asked next. */
    private static void serialize() throws Exception {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(1);
      }
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        Object unused = in.readObject();
      }
    }

    private static ClassLoader start() throws Exception {
      ClassLoader before = Thread.currentThread().getContextClassLoader();
      try (Restarted loader = new Restarted()) {
        Thread.currentThread().setContextClassLoader(loader);
        Class<?> application = loader.loadClass(Application.class.getName());
        Method main = application.getDeclaredMethod("main", String[].class);
        main.setAccessible(true); // It is in another package, by its loader.
        main.invoke(null, (Object) new String[0]);
        return loader;
      } finally {
        Thread.currentThread().setContextClassLoader(before);
      }
    }
  }

  /** Has the application's classes, and asks for all others above. */
  private static final class Restarted extends URLClassLoader {

    Restarted() {
      super(
          new URL[] {RestartTest.class.getProtectionDomain().getCodeSource().getLocation()},
          RestartTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean isResolved) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        if (known == null && findResource(name.replace('.', '/') + ".class") != null) {
          known = findClass(name);
        }
        return known == null ? super.loadClass(name, isResolved) : known;
      }
    }
  }

  /** Uses whatever could keep its class loader. */
  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration(PoolwrightAutoConfiguration.class)
  @Import({Greeter.class, Scales.InWorkers.class})
  static class Application {

    @Bean
    PoolListener listener() {
      return new Ends();
    }

    @Bean
    ContextCarrier carrier() {
      return new Nothing();
    }

    public static void main(String[] args) throws Exception {
      Ends ends;
      try (ConfigurableApplicationContext context =
          new SpringApplicationBuilder(Application.class)
              .web(WebApplicationType.NONE)
              .registerShutdownHook(false) // A thread of Spring's, which keeps the first loader.
              .properties(
                  "spring.main.banner-mode=off",
                  "poolwright.pools.scales.jvm-args=-Xmx64m -XX:TieredStopAtLevel=1",
                  "poolwright.pools.greetings.timeout=30s")
              .run(args)) {
        Task<String> greeting = context.getBean(AsyncGreeter.class).greet("Ann");
        Task<?> told = greeting.onDone(task -> {});
        if (!greeting.get().startsWith("Hello, Ann") || !told.isDone()) {
          throw new IllegalStateException(greeting.get());
        }
        if (context.getBean(AsyncScales.class).weigh(2).get().grams() != 6) {
          throw new IllegalStateException("weighed wrong");
        }
        context.getBean(Pools.class).pool("default").execute(Application::fail);
        ends = context.getBean(Ends.class);
      }
      if (ends.count.get() < 3) {
        throw new IllegalStateException("not heard");
      }
      System.out.println("ran");
    }

    private static void fail() {
      throw new Unseen();
    }
  }

  /** A failure that nobody looks at, of a class of the application. */
  private static final class Unseen extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** Hears of ends. */
  static final class Ends implements PoolListener {
    final AtomicInteger count = new AtomicInteger();

    @Override
    public void taskEnded(TaskEvent event) {
      count.incrementAndGet();
    }
  }

  /** Carries something of the application's. */
  static final class Nothing implements ContextCarrier {
    @Override
    public String name() {
      return "nothing";
    }

    @Override
    public @Nullable Object capture() {
      return List.of(this);
    }

    @Override
    public void around(Object captured, Runnable run) {
      run.run();
    }
  }
}
