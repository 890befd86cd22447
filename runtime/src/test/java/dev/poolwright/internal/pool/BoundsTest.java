package dev.poolwright.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.Batch;
import dev.poolwright.CallOption;
import dev.poolwright.MapOption;
import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.ThreadPoolConfig;
import dev.poolwright.internal.LogLines;
import dev.poolwright.internal.time.SteppedTime;
import dev.poolwright.spi.Call;
import dev.poolwright.spi.CallSite;
import dev.poolwright.spi.Rows;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is bounded stays so: threads of callbacks, names of stages, stages under way. */
@SuppressWarnings({"serial", "FutureReturnValueIgnored"}) // Nothing travels; tasks of tasks.
final class BoundsTest extends ThreadPools {

  private static final int CALLBACK_THREADS = 64;

  @Test
  @DisplayName("callbacks of 2,000 tasks that a close stops run on 64 threads, and all run")
  void callbacksWithoutWorkersRunOnFewThreads() {
    int tasks = 2_000;
    Pools pools = open(io(1).queueCapacity(tasks));
    Pool pool = pools.pool("io");
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    CountDownLatch together = new CountDownLatch(CALLBACK_THREADS);
    CountDownLatch all = new CountDownLatch(tasks);
    Task<?> holdsUp = pool.submit(() -> await(new CountDownLatch(1)));
    for (int i = 0; i < tasks; i++) {
      pool.submit(() -> 1)
          .onDone(
              task -> {
                threads.add(Thread.currentThread());
                together.countDown();
                await(together); // As many as may be are busy at once.
                all.countDown();
              });
    }
    try (LogLines log = new LogLines()) {
      pools.close(Duration.ofMillis(100));
      assertThat(log.lines().element()).contains("close stopped 2001 tasks", " and 1981 more");
      assertThat(log.lines().element().length()).isLessThan(2_000);
    }
    await(all);
    assertThat(threads).hasSize(CALLBACK_THREADS);
    assertThat(holdsUp.isCancelled()).isTrue();
    assertThat(pool.stats().cancelled()).isEqualTo(tasks + 1);
  }

  @Test
  @DisplayName("16,000 composed stages hold one name between them")
  void namesOfStagesDoNotGrow() throws Exception {
    int links = 16_000;
    Pool pool = open(io(2)).pool("io");
    CountDownLatch go = new CountDownLatch(1);
    Task<Integer> first =
        pool.submit(
            () -> {
              await(go);
              return 0;
            });
    List<Task<Integer>> chain = new ArrayList<>(List.of(first));
    for (int i = 0; i < links; i++) {
      chain.add(chain.get(i).thenCompose(sum -> Task.completed(sum + 1)));
    }
    Task<Integer> tail = chain.get(links);
    assertThat(tail.name()).isEqualTo(first.name() + ".then(" + links + ")");
    Set<String> texts = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Task<Integer> link : chain) {
      addTexts(link, texts);
    }
    assertThat(texts.stream().mapToInt(String::length).sum()).isLessThan(1_000);
    go.countDown();
    assertThat(chain.get(10).join()).isEqualTo(10);
  }

  /** Each text that a task itself holds. */
  private static void addTexts(Object task, Set<String> texts) throws ReflectiveOperationException {
    Class<?> type = task.getClass();
    while (type.getName().startsWith("dev.poolwright.")) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
          field.setAccessible(true);
          if (field.get(task) instanceof String text) {
            texts.add(text);
          }
        }
      }
      type = type.getSuperclass();
    }
  }

  @Test
  @DisplayName("a chain whose tail composes the next, 16,000 times, gives its result")
  void aLongTailEnds() {
    Pool pool = open(io(2)).pool("io");
    Task<Integer> tail = pool.submit(() -> 0);
    for (int i = 0; i < 16_000; i++) {
      tail = tail.thenCompose(sum -> pool.submit(() -> sum + 1));
    }
    assertThat(tail.join()).isEqualTo(16_000);
    assertThat(tail.name().length()).isLessThan(200);
  }

  // ---- stages

  /** Somewhere else, where calls go on by themselves; answers, or lets calls wait. */
  private static final class Remote implements AutoCloseable {
    private final BlockingQueue<CompletableFuture<Integer>> calls = new LinkedBlockingQueue<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final boolean areOddLeftOut;
    private final Thread answers = new Thread(this::answer, "remote");
    private volatile @Nullable Thread asker;

    Remote(boolean areOddLeftOut) {
      this.areOddLeftOut = areOddLeftOut;
      answers.start();
    }

    /** Waits until whoever asked has parked. */
    void awaitParked() {
      while (asker == null || asker.getState() != Thread.State.TIMED_WAITING) {
        LockSupport.parkNanos(100_000);
      }
    }

    CompletionStage<Integer> ask() {
      asker = Thread.currentThread();
      most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
      CompletableFuture<Integer> call = new CompletableFuture<>();
      call.exceptionally( // A cancel; what is answered is counted before.
          failure -> {
            inFlight.decrementAndGet();
            return 0;
          });
      if (asked.incrementAndGet() % 2 == 0 || !areOddLeftOut) {
        calls.add(call);
      }
      return call;
    }

    private void answer() {
      try {
        while (true) {
          CompletableFuture<Integer> call = calls.take();
          TimeUnit.MILLISECONDS.sleep(1); // Its work.
          if (!call.isDone()) {
            inFlight.decrementAndGet();
            if (!call.complete(7)) {
              inFlight.incrementAndGet(); // The cancel has counted it.
            }
          }
        }
      } catch (InterruptedException e) {
        // The end.
      }
    }

    @Override
    public void close() {
      answers.interrupt();
      try {
        answers.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  record Ask(int number) implements Call<Remote, Integer> {
    @Override
    public Object on(Remote remote) {
      return remote.ask();
    }
  }

  private enum Form {
    CALLS,
    BATCH,
    CHUNKS,
    STREAM
  }

  private enum Trouble {
    NONE,
    CANCEL,
    LIMIT,
    SHUTDOWN
  }

  private static Stream<Arguments> forms() {
    return Stream.of(Form.values())
        .flatMap(form -> Stream.of(Trouble.values()).map(trouble -> Arguments.of(form, trouble)));
  }

  @ParameterizedTest
  @MethodSource("forms")
  @DisplayName("as many stages are under way as there are workers, however they are asked for")
  void stagesAreBoundedAsRunsAre(Form form, Trouble trouble) throws Exception {
    for (int round = 0; round < times(); round++) {
      tryStages(form, trouble);
      stopAll();
    }
  }

  private void tryStages(Form form, Trouble trouble) throws Exception {
    int calls = 40;
    Pools pools = open(io(2));
    CallSite<Remote> site =
        CallSite.<Remote>of(Remote.class, "ask()", "io").returnsStage().open(pools);
    if (trouble == Trouble.LIMIT) {
      site = site.with(CallOption.timeout(Duration.ofMillis(3)));
    }
    try (Remote remote = new Remote(trouble == Trouble.CANCEL || trouble == Trouble.LIMIT)) {
      List<Task<Integer>> tasks = new ArrayList<>();
      if (form == Form.CALLS) {
        for (int i = 0; i < calls; i++) {
          tasks.add(site.submit(remote, new Ask(1)));
        }
      } else {
        List<Integer> inputs = Collections.nCopies(calls, 1);
        Iterable<Integer> some = form == Form.STREAM ? () -> inputs.iterator() : inputs;
        MapOption[] options =
            form == Form.CHUNKS ? new MapOption[] {MapOption.chunkSize(8)} : new MapOption[0];
        Batch<Integer> batch = site.map(remote, Rows.of(some), row -> new Ask(row.next()), options);
        for (Task<Integer> each : batch.tasks()) {
          tasks.add(each);
          if (trouble == Trouble.CANCEL) {
            each.cancel(true);
          }
        }
      }
      if (trouble == Trouble.SHUTDOWN) {
        pools.shutdown();
      }
      for (int i = 0; i < calls; i++) {
        if (trouble == Trouble.CANCEL && i % 3 > 0) {
          tasks.get(i).cancel(true);
        }
      }
      for (Task<Integer> task : tasks) {
        if (trouble == Trouble.CANCEL) {
          task.cancel(true);
        }
        task.handle((value, failure) -> 1).get(30, TimeUnit.SECONDS);
      }
      if (trouble == Trouble.NONE || trouble == Trouble.SHUTDOWN) {
        // A place that a cancel or a limit has freed is free before the stage is told.
        assertThat(remote.most).hasValueLessThanOrEqualTo(2);
      }
      assertThat(tasks).hasSize(calls);
      while (remote.inFlight.get() > 0) {
        LockSupport.parkNanos(100_000); // A stage is told after its task has ended.
      }
    }
  }

  @Test
  @DisplayName("a stage that is a task of ours holds no place, also where pools wait in a circle")
  void stagesOfOursLend() throws Exception {
    Pools pools = open(io(1), ThreadPoolConfig.named("cpu").maxWorkers(1));
    CallSite<Pools> site =
        CallSite.<Pools>of(Pools.class, "relay(int)", "io").returnsStage().open(pools);
    List<Task<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      tasks.add(site.submit(pools, new Relay(site, 9)));
    }
    for (Task<Integer> task : tasks) {
      assertThat(task.get(30, TimeUnit.SECONDS)).isEqualTo(9);
    }
  }

  /** Calls itself again, by way of the other pool. */
  record Relay(CallSite<Pools> site, int depth) implements Call<Pools, Integer> {
    @Override
    public Object on(Pools pools) {
      Task<Integer> hop = pools.pool("cpu").submit(() -> 1);
      return depth == 1
          ? hop
          : hop.thenCompose(one -> site.submit(pools, new Relay(site, depth - 1)))
              .thenApply(sum -> sum + 1);
    }
  }

  /** The second task finds the worker in its run, at its last look, or idle. */
  @RepeatedTest(50)
  void aStageThatDoesNotEndIsNamed() throws Exception {
    SteppedTime time = SteppedTime.stepped();
    Pools pools = keep(Pools.builder().pool(io(1)).time(time).build());
    CallSite<Remote> site =
        CallSite.<Remote>of(Remote.class, "ask()", "io").returnsStage().open(pools);
    try (Remote remote = new Remote(true);
        LogLines log = new LogLines()) {
      Task<Integer> left = site.submit(remote, new Ask(1));
      Task<Integer> waits = pools.pool("io").submit(() -> 1);
      remote.awaitParked();
      while (log.lines().isEmpty()) {
        time.pass(Duration.ofSeconds(1));
      }
      assertThat(log.lines().element())
          .startsWith("pool \"io\" makes no progress: ")
          .contains(
              "1 places are kept by stages, and 1 tasks wait",
              "\n  " + left.name() + ": its stage has not ended",
              "time limit");
      assertThat(waits.isDone()).isFalse();
      left.cancel(true);
      assertThat(waits.get(30, TimeUnit.SECONDS)).isEqualTo(1);
    }
  }
}
