package dev.poolwright.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.AbstractModule;
import dev.poolwright.Batch;
import dev.poolwright.MapOption;
import dev.poolwright.Pools;
import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.Task;
import dev.poolwright.internal.LeavesNothingBehind;
import dev.poolwright.spi.Call;
import dev.poolwright.spi.CallSite;
import dev.poolwright.spi.Rows;
import dev.poolwright.spi.Targets;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Call sites as generated code opens them. */
@Timeout(60)
@ExtendWith(LeavesNothingBehind.class)
class ProcessCallSiteTest {

  /** Counts in the JVM that it is made in. */
  static final class Counter {
    private int count;

    int next() {
      return ++count;
    }
  }

  /** Has no constructor without parameters. */
  static final class Greeter {
    private final String greeting;

    @jakarta.inject.Inject
    Greeter(String greeting) {
      this.greeting = greeting;
    }
  }

  static final class Greetings extends AbstractModule {
    @Override
    protected void configure() {
      bind(String.class).toInstance("hello ");
      bind(Greeter.class);
    }
  }

  record Next() implements Call<Counter, Integer> {
    @Override
    public Integer on(Counter counter) {
      return counter.next();
    }

    @Override
    public Counter target(Targets<Counter> targets) throws Exception {
      return targets.made(Counter::new);
    }
  }

  record Greet(String name) implements Call<Greeter, String> {
    @Override
    public String on(Greeter greeter) {
      return greeter.greeting + name;
    }
  }

  record Later(int value) implements Call<Counter, Integer> {
    @Override
    public CompletionStage<Integer> on(Counter none) {
      return CompletableFuture.supplyAsync(() -> value);
    }
  }

  /** Waits until the class of {@link Next} was loaded by somebody else. */
  static final class AwaitsNext implements Runnable {
    private static final String NAME = ProcessCallSiteTest.class.getName() + "$Next";

    @Override
    public void run() {
      try {
        Method find = ClassLoader.class.getDeclaredMethod("findLoadedClass", String.class);
        find.setAccessible(true);
        while (find.invoke(ClassLoader.getSystemClassLoader(), NAME) == null) {
          LockSupport.parkNanos(100_000);
        }
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static ProcessPoolConfig cpu() {
    return ProcessPoolConfig.named("cpu").maxWorkers(1).jvmArgs("-Xmx64m");
  }

  @Test
  @DisplayName("a worker JVM makes its own target, one for each class, and keeps it")
  void makesTargets() throws InterruptedException {
    try (Pools pools = Pools.builder().pool(cpu()).build()) {
      LinkedBlockingQueue<Integer> saved = new LinkedBlockingQueue<>();
      CallSite<Counter> site =
          CallSite.of(Counter.class, "next()", "cpu")
              .onSuccess("save(int)", (Counter counter, Integer value) -> saved.add(value))
              .open(pools);
      Counter here = new Counter();
      assertThat(site.submit(here, new Next()).join()).isEqualTo(1);
      assertThat(site.submit(here, new Next()).join()).isEqualTo(2);
      assertThat(here.next()).isEqualTo(1);
      assertThat(saved.poll(30, TimeUnit.SECONDS)).isEqualTo(1);
    }
  }

  private static ProcessPoolConfig awaitingNext() {
    return cpu()
        .jvmArgs("-Xmx64m", "--add-opens=java.base/java.lang=ALL-UNNAMED")
        .initializer(AwaitsNext.class)
        .startTimeout(Duration.ofSeconds(20));
  }

  @Test
  @DisplayName("the class of the call that needs a worker JVM is loaded while that gets ready")
  void loadsCallAhead() {
    try (Pools pools = Pools.builder().pool(awaitingNext()).build()) {
      CallSite<Counter> site = CallSite.of(Counter.class, "next()", "cpu").open(pools);
      assertThat(site.submit(new Counter(), new Next()).join()).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("the class of the calls of a chunk as well")
  void loadsChunkAhead() {
    try (Pools pools = Pools.builder().pool(awaitingNext()).build()) {
      CallSite<Counter> site = CallSite.of(Counter.class, "next()", "cpu").open(pools);
      Batch<Integer> batch =
          site.map(
              new Counter(), Rows.of(List.of(7, 8)), row -> new Next(), MapOption.chunkSize(2));
      assertThat(batch.toList()).containsExactly(1, 2);
    }
  }

  @Test
  @DisplayName("a target without such a constructor comes from the pool's modules")
  void injectsTargets() {
    try (Pools pools = Pools.builder().pool(cpu().modules(Greetings.class)).build()) {
      CallSite<Greeter> site =
          CallSite.of(Greeter.class, "greet(String)", "cpu").needsModules().open(pools);
      Task<String> task = site.submit(new Greeter("bye "), new Greet("you"));
      assertThat(task.join()).isEqualTo("hello you");
    }
  }

  @Test
  @DisplayName("a method that returns a stage gives its result")
  void unwrapsStages() {
    try (Pools pools = Pools.builder().pool(cpu()).build()) {
      CallSite<Counter> site =
          CallSite.<Counter>ofStatic(Counter.class, "later(int)", "cpu").returnsStage().open(pools);
      assertThat(site.submit(null, new Later(5)).join()).isEqualTo(5);
    }
  }

  @Test
  @DisplayName("a method that cannot run in a worker JVM is refused when its call site is opened")
  void refusesWhatCannotRun() {
    try (Pools pools = Pools.builder().pool(cpu()).build()) {
      assertThatThrownBy(
              () -> CallSite.of(Greeter.class, "greet(String)", "cpu").needsModules().open(pools))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("Greeter.greet(String) cannot run on process pool \"cpu\"")
          .hasMessageContaining(
              "name Guice modules or Spring configurations in @ProcessPool(modules = ...)");
      assertThatThrownBy(
              () ->
                  CallSite.of(Greeter.class, "run(Thread)", "cpu")
                      .cannotTravel("parameter thread: Thread")
                      .open(pools))
          .hasMessageContaining("parameter thread: Thread cannot travel to a worker JVM");
    }
  }
}
