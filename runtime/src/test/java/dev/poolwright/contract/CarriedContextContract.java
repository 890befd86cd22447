package dev.poolwright.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.CallOption;
import dev.poolwright.ContextCarrier;
import dev.poolwright.MapOption;
import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.internal.LogLines;
import dev.poolwright.spi.Call;
import dev.poolwright.spi.CallSite;
import java.io.IOException;
import java.io.Serializable;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is set where a task is submitted is set where it runs, and wherever its functions do. */
abstract class CarriedContextContract extends PoolContract {

  private final Queue<String> seen = new ConcurrentLinkedQueue<>();

  /** Tells who it is. */
  record Ask() implements Call<Work, String> {
    @Override
    public String on(Work none) {
      return User.now();
    }
  }

  @AfterEach
  void leavesNoUserHere() {
    User.is(null);
  }

  private Pools carrying(ContextCarrier carrier, Shape shape) {
    return open(Pools.builder().pool(shape.config(kind())).context(carrier));
  }

  private Pool carrying() {
    return carrying(new User(), Shape.of("io", 1)).pool("io");
  }

  private static void fail() {
    throw new IllegalStateException("wrong for " + User.now());
  }

  @Test
  void theRunSeesWhatWasSetAtItsSubmitAndTheNextRunDoesNot() throws Exception {
    Pool pool = carrying();
    Gate gate = gate();
    Task<?> unused = pool.submit(Quiet.stopAt(gate.port()));
    User.is("ann");
    Task<String> queued = pool.submit(() -> User.now());
    User.is("bob");
    Task<String> next = pool.submit(() -> User.now());
    User.is(null);
    Task<String> last = pool.submit(() -> User.now());
    gate.close();
    assertThat(queued.join()).isEqualTo("ann");
    assertThat(next.join()).isEqualTo("bob");
    assertThat(last.join()).isEqualTo("null");
  }

  @Test
  void callbacksSeeItWhereverTheyRun() throws Exception {
    Pools pools = carrying(new User(), Shape.of("io", 1));
    CallSite<Work> site =
        CallSite.<Work>ofStatic(Work.class, "ask()", "io")
            .onEither("one(String, Throwable)", (none, value, failure) -> seen.add(User.now()))
            .onDone("other(Task)", (Work none, Task<String> task) -> seen.add(User.now()))
            .open(pools);
    User.is("ann");
    Task<String> task = site.submit(null, new Ask());
    task.onDone(done -> seen.add(User.now()));
    User.is("bob");
    awaitDone(task);
    task.onDone(done -> seen.add(User.now()));
    awaitDone(task);
    assertThat(seen).containsExactly("ann", "ann", "ann", "ann");
    assertThat(User.now()).isEqualTo("bob");
  }

  @Test
  void callbacksOfACancelledTaskSeeIt() throws Exception {
    Pool pool = carrying();
    Gate gate = gate();
    Task<?> unused = pool.submit(Quiet.stopAt(gate.port()));
    gate.next();
    User.is("ann");
    Task<String> queued = pool.submit(() -> User.now());
    queued.onDone(done -> seen.add(User.now()));
    User.is("bob");
    queued.cancel(true);
    awaitDone(queued);
    assertThat(seen).containsExactly("ann");
    assertThat(User.now()).isEqualTo("bob");
  }

  @Test
  void callbacksOfATaskThatFailedOrRanTooLongSeeIt() throws Exception {
    Pool pool = carrying();
    User.is("ann");
    Task<?> failed = pool.submit(() -> fail());
    failed.onDone(done -> seen.add(User.now()));
    CallOption limit = CallOption.timeout(Duration.ofMillis(100));
    Task<?> slow = pool.with(limit).submit(Quiet.stopAt(gate().port()));
    slow.onDone(done -> seen.add(User.now()));
    User.is(null);
    awaitDone(failed);
    awaitDone(slow);
    assertThat(seen).containsExactly("ann", "ann");
    assertThat(failed.exceptionNow()).hasMessage("wrong for ann");
  }

  @Test
  void stagesSeeItOnEveryThread() throws Exception {
    Pool pool = carrying();
    Gate gate = gate();
    Executor plain = action -> new Thread(action).start();
    User.is("ann");
    Task<?> first = pool.submit(Quiet.stopAt(gate.port()));
    gate.next();
    User.is("bob");
    CompletableFuture<String> free = new CompletableFuture<>();
    Task<String> other = pool.submit(() -> User.now());
    Function<Object, String> now = any -> User.now();
    List<Task<String>> stages = new ArrayList<>();
    stages.add(first.thenApply(now));
    stages.add(first.thenApply(now).thenApplyAsync(now));
    stages.add(first.thenApplyAsync(now, plain));
    stages.add(first.handle((value, failure) -> User.now()));
    stages.add(first.thenCombine(other, (one, two) -> User.now()));
    stages.add(first.thenCombineAsync(free, (one, two) -> User.now()));
    stages.add(first.<String>thenCompose(any -> free).thenApply(now));
    stages.add(first.thenCompose(any -> CompletableFuture.completedFuture(User.now())));
    Task<?> accepted = first.thenAccept(any -> seen.add(User.now()));
    Task<?> run = first.thenRunAsync(() -> seen.add(User.now()), plain);
    Task<?> watched = first.whenComplete((value, failure) -> seen.add(User.now()));
    Task<?> both = first.thenAcceptBoth(free, (one, two) -> seen.add(User.now()));
    gate.close();
    free.complete("free");
    assertThat(stages).allSatisfy(stage -> assertThat(stage.get()).isEqualTo("ann"));
    CompletableFuture.allOf(accepted, run, watched, both).get();
    assertThat(seen).containsExactly("ann", "ann", "ann", "ann");
    assertThat(first.thenApply(now).join()).isEqualTo("ann");
    assertThat(other.join()).isEqualTo("bob");
    assertThat(User.now()).isEqualTo("bob");
  }

  @Test
  void everyWayToSubmitCarriesIt() throws Exception {
    Pool pool = carrying();
    CompletableFuture<String> executed = new CompletableFuture<>();
    User.is("ann");
    pool.execute(() -> executed.complete(User.now()));
    Callable<String> now = (Callable<String> & Serializable) () -> User.now();
    List<Future<String>> all = pool.invokeAll(List.of(now, now));
    String any = pool.invokeAny(List.of(now), 1, TimeUnit.MINUTES);
    Task<String> viewed = pool.with(CallOption.timeout(Duration.ofHours(1))).submit(now);
    User.is(null);
    assertThat(executed.get()).isEqualTo("ann");
    assertThat(all.get(1).get()).isEqualTo("ann");
    assertThat(any).isEqualTo("ann");
    assertThat(viewed.get()).isEqualTo("ann");
  }

  @Test
  void whatAStageThrowsIsItsOutcome() {
    User.is("ann");
    Task<?> task = carrying().submit(() -> User.now());
    Task<Integer> failed = task.thenApply(any -> Work.fail("stage"));
    Task<String> healed = failed.handle((value, failure) -> failure.getMessage() + User.now());
    assertThat(healed.join()).contains("stage").endsWith("ann");
  }

  @Test
  void aBatchCapturesOnce() {
    Pool pool = carrying();
    List<Integer> inputs = MapContract.inputs(9);
    User.is("ann");
    var batch = pool.map(n -> User.now(), inputs, MapOption.chunkSize(2), MapOption.buffer(3));
    User.is("bob");
    assertThat(batch.toList()).hasSize(9).containsOnly("ann");
    User.is(null);
    assertThat(pool.map(n -> User.now(), inputs).toList()).containsOnly("null");
  }

  /** Ways in which a carrier can be wrong. */
  public enum Mistake {
    CAPTURE_THROWS,
    THROWS_BEFORE,
    THROWS_AFTER,
    NEVER_RUNS,
    RUNS_TWICE,
    RUNS_ELSEWHERE,
    NAME_THROWS_TOO
  }

  @ParameterizedTest
  @EnumSource
  void aCarrierThatMisbehavesChangesNoOutcomeAndIsNamedOnce(Mistake mistake) throws Exception {
    try (LogLines log = new LogLines()) {
      Pool pool = carrying(new Wrong(mistake), Shape.of("io", 1)).pool("io");
      User.is("ann");
      for (int i = 0; i < 3; i++) {
        Task<Integer> task = pool.submit(() -> Work.power(7, 2));
        Task<Integer> stage = task.thenApply(n -> n + 1);
        task.onDone(done -> seen.add("done"));
        assertThat(stage.join()).isEqualTo(50);
        awaitDone(task);
        Task<?> failed = pool.submit(() -> Work.fail("oops"));
        awaitDone(failed);
        assertThat(failed.exceptionNow()).hasMessageContaining("oops");
      }
      assertThat(seen).containsExactly("done", "done", "done");
      assertThat(User.now()).isEqualTo("ann");
      assertThat(said(log)).hasSize(1).first().asString().contains("context carrier \"");
    }
  }

  /** A carrier that can't be made in a worker JVM, and is wrong in one way. */
  private static final class Wrong extends User {
    private final Mistake mistake;

    Wrong(Mistake mistake) {
      this.mistake = mistake;
    }

    @Override
    public String name() {
      if (mistake == Mistake.NAME_THROWS_TOO) {
        throw new IllegalStateException("no name");
      }
      return "wrong";
    }

    @Override
    public @Nullable Object capture() {
      if (mistake == Mistake.CAPTURE_THROWS) {
        throw new IllegalStateException("no capture");
      }
      return super.capture();
    }

    @Override
    public Map<String, String> export(Object captured) {
      return Map.of();
    }

    @Override
    public void around(Object captured, Runnable run) {
      switch (mistake) {
        case THROWS_BEFORE, NAME_THROWS_TOO -> throw new NoClassDefFoundError("before");
        case RUNS_TWICE -> {
          super.around(captured, run);
          super.around(captured, run);
        }
        case RUNS_ELSEWHERE -> {
          Thread thread = new Thread(run);
          thread.start();
          try {
            thread.join();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        }
        case THROWS_AFTER -> {
          super.around(captured, run);
          throw new IllegalStateException("after");
        }
        default -> {
          // Never runs.
        }
      }
    }
  }

  @Test
  void aCarrierOfTheClassPathIsFoundAndOneThatCannotBeMadeIsLeftOut(@TempDir Path folder)
      throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    String names = "dev.poolwright.contract.Missing\n" + User.class.getName() + "\n";
    Files.writeString(services.resolve(ContextCarrier.class.getName()), names);
    URL[] urls = {folder.toUri().toURL()};
    try (LogLines log = new LogLines();
        URLClassLoader loader = new URLClassLoader(urls, User.class.getClassLoader())) {
      Pools.Builder builder = Pools.builder().pool(Shape.of("io", 1).config(kind()));
      Pool pool = open(builder.classLoader(loader)).pool("io");
      User.is("ann");
      assertThat(pool.submit(() -> User.now()).join()).isEqualTo("ann");
      assertThat(said(log)).hasSize(1).first().asString().contains("ContextCarrier");
    }
  }
}
