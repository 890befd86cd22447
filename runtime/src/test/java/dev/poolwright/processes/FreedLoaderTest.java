package dev.poolwright.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.Pools;
import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.ThreadPoolConfig;
import dev.poolwright.internal.LeavesNothingBehind;
import java.io.File;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A server that throws an application away gets its memory back. */
@Timeout(60)
@ExtendWith(LeavesNothingBehind.class)
final class FreedLoaderTest {

  /** What the application does; in a class loader of its own. */
  public static final class Application implements Runnable {
    @Override
    public void run() {
      System.setProperty("os.name", System.getProperty("test.os", System.getProperty("os.name")));
      try (Pools pools =
          Pools.builder()
              .classLoader(Application.class.getClassLoader())
              .pool(ThreadPoolConfig.named("io").maxWorkers(1))
              .pool(ProcessPoolConfig.named("cpu").maxWorkers(1).jvmArgs("-Xmx64m"))
              .build()) {
        int sum =
            pools.pool("cpu").submit(() -> 1).join() + pools.pool("io").submit(() -> 1).join();
        if (sum != 2) {
          throw new AssertionError();
        }
      }
    }
  }

  private static URLClassLoader loader() throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  /** Whose priority and thread-locals no thread of ours has, on no version of Java. */
  private static final InheritableThreadLocal<Object> INHERITED = new InheritableThreadLocal<>();

  @Test
  @SuppressWarnings("ThreadPriorityCheck") // No worker takes it over.
  void workersAndHelpersHaveNothingOfWhoeverSubmittedFirst() throws Exception {
    ClassLoader own = new URLClassLoader(new URL[0], ClassLoader.getSystemClassLoader());
    FutureTask<List<String>> user =
        new FutureTask<>(
            () -> {
              INHERITED.set("of the user");
              try (Pools pools =
                  Pools.builder()
                      .classLoader(own)
                      .pool(ThreadPoolConfig.named("io").maxWorkers(1))
                      .pool(ProcessPoolConfig.named("cpu").maxWorkers(1).jvmArgs("-Xmx64m"))
                      .build()) {
                int one = pools.pool("cpu").submit(() -> 1).join();
                List<String> wrong = new ArrayList<>(inherited(own));
                wrong.addAll(pools.pool("io").submit(() -> ofThisThread(own)).join());
                return one == 1 ? wrong : List.of("no answer");
              }
            });
    Thread thread = new Thread(user, "junit-user");
    thread.setContextClassLoader(new URLClassLoader(new URL[0], null));
    thread.setPriority(Thread.MIN_PRIORITY);
    thread.start();
    assertThat(user.get()).isEmpty();
    thread.join();
  }

  private static List<String> ofThisThread(ClassLoader own) {
    Thread me = Thread.currentThread();
    List<String> wrong = new ArrayList<>();
    if (me.getContextClassLoader() != own || me.getPriority() != Thread.NORM_PRIORITY) {
      wrong.add(me + " " + me.getContextClassLoader());
    }
    if (INHERITED.get() != null) {
      wrong.add(me + " has a thread-local");
    }
    return wrong;
  }

  /** Threads of the pools, with another priority or class loader than they are to have. */
  private static List<String> inherited(ClassLoader own) {
    List<String> wrong = new ArrayList<>();
    int seen = 0;
    for (Thread each : Thread.getAllStackTraces().keySet()) {
      if (each.getName().startsWith("cpu-") || each.getName().startsWith("poolwright-")) {
        seen++;
        ClassLoader loader = each.getContextClassLoader();
        if ((loader != null && loader != own) || each.getPriority() != Thread.NORM_PRIORITY) {
          wrong.add(each + " " + loader);
        }
      }
    }
    if (seen < 5) {
      wrong.add("only " + seen + " threads were seen");
    }
    return wrong;
  }

  /** On a thread that ends: what it keeps itself is not the question. */
  private static PhantomReference<ClassLoader> runAndDrop(ReferenceQueue<ClassLoader> freed)
      throws Exception {
    URLClassLoader loader = loader();
    Class<?> application = loader.loadClass(Application.class.getName());
    Runnable body = (Runnable) application.getConstructor().newInstance();
    FutureTask<Void> program = new FutureTask<>(body, null);
    Thread thread = new Thread(program, "junit-application");
    thread.setContextClassLoader(loader);
    thread.start();
    program.get();
    thread.join();
    loader.close();
    return new PhantomReference<>(loader, freed);
  }

  private static void assertFreed() throws Exception {
    ReferenceQueue<ClassLoader> freed = new ReferenceQueue<>();
    PhantomReference<ClassLoader> loader = runAndDrop(freed);
    long start = System.nanoTime();
    boolean isFreed = false;
    while (!isFreed && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(20)) {
      System.gc();
      isFreed = freed.remove(100) == loader;
    }
    assertThat(isFreed).isTrue();
  }

  @Test
  void anApplicationIsFreedAfterItHasClosedItsPools() throws Exception {
    assertFreed();
  }

  @Test
  void anApplicationWithoutNamedPipesIsFreedAfterItHasClosedItsPools() throws Exception {
    String system = System.getProperty("os.name");
    new ProcessBuilder("true").start().waitFor(); // The JDK reads it as it starts its first one.
    System.setProperty("test.os", "Other");
    try {
      assertFreed();
    } finally {
      System.clearProperty("test.os");
      System.setProperty("os.name", system);
    }
  }
}
