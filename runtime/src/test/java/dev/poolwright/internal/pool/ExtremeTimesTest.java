package dev.poolwright.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.poolwright.CallOption;
import dev.poolwright.ClusterPoolConfig;
import dev.poolwright.MapOption;
import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.Task;
import dev.poolwright.Tasks;
import dev.poolwright.ThreadPoolConfig;
import dev.poolwright.WaitFor;
import dev.poolwright.WaitTimeoutException;
import dev.poolwright.spi.Call;
import dev.poolwright.spi.CallSite;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Very long and very negative times, wherever users give one. */
@SuppressWarnings("serial") // What is submitted here could travel, but never does.
final class ExtremeTimesTest extends ThreadPools {

  private static final Duration LONGEST = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);
  private static final Duration MOST_NEGATIVE = Duration.ofSeconds(Long.MIN_VALUE);

  /** One time in the two forms in which it can be given. */
  private record Time(long amount, TimeUnit unit, Duration duration) {}

  private static final List<Time> FOR_EVER =
      List.of(
          new Time(Long.MAX_VALUE, TimeUnit.NANOSECONDS, LONGEST),
          new Time(Long.MAX_VALUE, TimeUnit.DAYS, Duration.ofNanos(Long.MAX_VALUE)),
          new Time(1L << 62, TimeUnit.NANOSECONDS, Duration.ofNanos(1L << 62)));

  private static final List<Time> NO_TIME =
      List.of(
          new Time(Long.MIN_VALUE, TimeUnit.NANOSECONDS, MOST_NEGATIVE),
          new Time(Long.MIN_VALUE, TimeUnit.DAYS, Duration.ofNanos(Long.MIN_VALUE)),
          new Time(-1L << 62, TimeUnit.NANOSECONDS, Duration.ofNanos(-1L << 62)));

  /** A task that gives 7 once it is released. */
  private record Pending(Pools pools, Pool pool, Task<Integer> task, CountDownLatch release) {

    int result() {
      await(release);
      return 7;
    }
  }

  /** Waits for what is pending; false when the time is over first. */
  @FunctionalInterface
  private interface Waiting {
    boolean isDone(Pending pending, Time time) throws Exception;
  }

  private record Wait(String method, Waiting code) {
    @Override
    public String toString() {
      return method;
    }
  }

  private static final List<Wait> WAITS =
      List.of(
          new Wait(
              "await",
              (pending, time) ->
                  Tasks.await(List.of(pending.task), WaitFor.ALL_COMPLETED, time.duration)
                      .notDone()
                      .isEmpty()),
          new Wait(
              "asCompleted",
              (pending, time) ->
                  Tasks.asCompleted(List.of(pending.task), time.duration).iterator().next().join()
                      == 7),
          new Wait(
              "awaitTermination",
              (pending, time) -> {
                pending.pools.shutdown();
                return pending.pools.awaitTermination(time.duration);
              }),
          new Wait(
              "awaitTermination",
              (pending, time) -> {
                pending.pool.shutdown();
                return pending.pool.awaitTermination(time.amount, time.unit);
              }),
          new Wait(
              "close",
              (pending, time) -> {
                pending.pools.close(time.duration);
                return !pending.task.isCancelled();
              }),
          new Wait("get", (pending, time) -> pending.task.get(time.amount, time.unit) == 7),
          new Wait(
              "get",
              (pending, time) ->
                  pending.task.thenApply(seven -> seven).get(time.amount, time.unit) == 7),
          new Wait(
              "orTimeout",
              (pending, time) -> pending.task.orTimeout(time.amount, time.unit).join() == 7),
          new Wait(
              "orTimeout",
              (pending, time) ->
                  pending.task.thenApply(seven -> seven).orTimeout(time.amount, time.unit).join()
                      == 7),
          new Wait(
              "completeOnTimeout",
              (pending, time) ->
                  pending.task.completeOnTimeout(0, time.amount, time.unit).join() == 7),
          new Wait(
              "invokeAll",
              (pending, time) ->
                  !pending
                      .pool
                      .invokeAll(
                          List.<Callable<Integer>>of(pending::result), time.amount, time.unit)
                      .get(0)
                      .isCancelled()),
          new Wait(
              "invokeAny",
              (pending, time) ->
                  pending.pool.invokeAny(
                          List.<Callable<Integer>>of(pending::result), time.amount, time.unit)
                      == 7));

  private static Stream<Arguments> longWaits() {
    return product(FOR_EVER);
  }

  private static Stream<Arguments> negativeWaits() {
    return product(NO_TIME);
  }

  private static Stream<Arguments> product(List<Time> times) {
    return WAITS.stream().flatMap(wait -> times.stream().map(time -> Arguments.of(wait, time)));
  }

  private Pending pending() {
    Pools pools = open(io(2));
    CountDownLatch release = new CountDownLatch(1);
    Pool pool = pools.pool("io");
    Task<Integer> task =
        pool.submit(
            () -> {
              await(release);
              return 7;
            });
    return new Pending(pools, pool, task, release);
  }

  private static boolean isDone(Wait wait, Pending pending, Time time) throws Exception {
    try {
      return wait.code.isDone(pending, time);
    } catch (TimeoutException | WaitTimeoutException e) {
      return false;
    } catch (CompletionException e) {
      assertThat(e).hasCauseInstanceOf(TimeoutException.class);
      return false;
    }
  }

  @ParameterizedTest
  @MethodSource("longWaits")
  void aVeryLongWaitGoesOn(Wait wait, Time time) throws Exception {
    Pending pending = pending();
    FutureTask<Boolean> waiting = new FutureTask<>(() -> isDone(wait, pending, time));
    Thread thread = new Thread(waiting, "waits");
    thread.start();
    while (thread.isAlive()
        && thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TIMED_WAITING) {
      LockSupport.parkNanos(100_000);
    }
    assertThat(waiting.isDone()).as("over at once").isFalse();
    pending.release.countDown();
    assertThat(waiting.get()).isTrue();
    thread.join();
  }

  @ParameterizedTest
  @MethodSource("negativeWaits")
  void aNegativeWaitIsOver(Wait wait, Time time) throws Exception {
    Pending pending = pending();
    try {
      assertThat(isDone(wait, pending, time)).isFalse();
    } finally {
      pending.release.countDown();
    }
  }

  // ---- settings

  private record Setting(String method, Function<Duration, ?> code) {
    @Override
    public String toString() {
      return method;
    }
  }

  private static List<Setting> settings() {
    ProcessPoolConfig cpu = ProcessPoolConfig.named("cpu");
    return List.of(
        new Setting("keepAlive", io(1)::keepAlive),
        new Setting("timeout", io(1)::timeout),
        new Setting("timeout", MapOption::timeout),
        new Setting("timeout", CallOption::timeout),
        new Setting("exitGrace", Pools.builder()::exitGrace),
        new Setting("cancelGrace", cpu::cancelGrace),
        new Setting("startTimeout", cpu::startTimeout),
        new Setting("exitTimeout", cpu::exitTimeout),
        new Setting("stuckDump", cpu::stuckDump),
        new Setting("noWorkerTimeout", ClusterPoolConfig.named("render")::noWorkerTimeout));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void settingsAreNotNegative(Setting setting) {
    for (Time time : NO_TIME) {
      assertThatIllegalArgumentException().isThrownBy(() -> setting.code.apply(time.duration));
    }
    for (Time time : FOR_EVER) {
      assertThat(setting.code.apply(time.duration)).isNotNull();
    }
  }

  record Seven() implements Call<Object, Integer> {
    @Override
    public Integer on(Object none) {
      return 7;
    }
  }

  @Test
  void poolsOfThreadsTakeTheLongestTimes() throws Exception {
    ThreadPoolConfig config = io(1).keepAlive(LONGEST).timeout(LONGEST);
    runsAsEver(keep(Pools.builder().exitGrace(LONGEST).pool(config).build()), "io");
  }

  @Test
  void poolsOfProcessesTakeTheLongestTimes() throws Exception {
    ProcessPoolConfig config =
        ProcessPoolConfig.named("cpu")
            .maxWorkers(1)
            .jvmArgs("-Xmx64m", "-XX:TieredStopAtLevel=1")
            .keepAlive(LONGEST)
            .timeout(LONGEST)
            .cancelGrace(LONGEST)
            .startTimeout(LONGEST)
            .exitTimeout(LONGEST)
            .stuckDump(LONGEST);
    runsAsEver(keep(Pools.builder().exitGrace(LONGEST).pool(config).build()), "cpu");
  }

  private static void runsAsEver(Pools pools, String name) throws Exception {
    CallSite<Object> site = CallSite.ofStatic(Object.class, "seven()", name).open(pools);
    assertThat(site.submit(null, new Seven()).get(Long.MAX_VALUE, TimeUnit.DAYS)).isEqualTo(7);
    CallSite<Object> longer = site.with(CallOption.timeout(LONGEST));
    assertThat(longer.submit(null, new Seven()).join()).isEqualTo(7);
    Pool pool = pools.pool(name);
    assertThat(pool.map(Math::abs, List.of(-7), MapOption.timeout(LONGEST)).toList())
        .containsExactly(7);
    pool.shutdown();
    assertThat(pool.awaitTermination(Long.MAX_VALUE, TimeUnit.DAYS)).isTrue();
    assertThat(pools.awaitTermination(MOST_NEGATIVE)).isFalse();
    pools.close(LONGEST);
    assertThat(pools.awaitTermination(MOST_NEGATIVE)).isTrue();
  }

  // ---- all of them

  @Test
  void everyPublicMethodThatTakesATimeIsHere() {
    Set<String> here =
        Stream.concat(WAITS.stream().map(Wait::method), settings().stream().map(Setting::method))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> there =
        new ClassFileImporter()
                .withImportOption(location -> !location.contains("test-classes"))
                .importPackages("dev.poolwright", "dev.poolwright.spi")
                .stream()
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(type -> !type.getPackageName().contains(".internal"))
                .map(JavaClass::reflect)
                .flatMap(type -> Arrays.stream(type.getMethods()))
                .filter(ExtremeTimesTest::takesATime)
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    there.remove("delayedExecutor"); // The JDK's, static, and reached through our type.
    assertThat(there).isEqualTo(here);
  }

  private static boolean takesATime(Method method) {
    List<Class<?>> types = List.of(method.getParameterTypes());
    return types.contains(Duration.class) || types.contains(TimeUnit.class);
  }
}
