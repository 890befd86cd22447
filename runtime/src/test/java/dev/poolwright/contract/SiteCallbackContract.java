package dev.poolwright.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.Batch;
import dev.poolwright.MapOption;
import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.TaskStatus;
import dev.poolwright.internal.LogLines;
import dev.poolwright.spi.Call;
import dev.poolwright.spi.CallSite;
import dev.poolwright.spi.CallSiteSpec;
import dev.poolwright.spi.Rows;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@code @Callback} promises, on call sites as generated code opens them. */
abstract class SiteCallbackContract extends PoolContract {

  /** Fails for odd numbers. */
  record Halve(int number) implements Call<Work, Integer> {
    @Override
    public Integer on(Work none) {
      return number % 2 == 0 ? number / 2 : Work.fail("odd " + number);
    }
  }

  private final Queue<String> seen = new ConcurrentLinkedQueue<>();

  private static CallSiteSpec<Work> halve() {
    return CallSite.<Work>ofStatic(Work.class, "halve(int)", "io");
  }

  private CallSiteSpec<Work> watched() {
    return halve()
        .onSuccess("first(int)", (Work none, Integer half) -> seen.add("first " + half))
        .onFailure("second(Throwable)", (none, failure) -> seen.add("second " + text(failure)))
        .onEither(
            "third(Integer, Throwable)",
            (Work none, Integer half, Throwable failure) ->
                seen.add("third " + half + " " + text(failure)))
        .onDone("fourth(Task)", (Work none, Task<Integer> task) -> seen.add("4 " + task.status()));
  }

  private static String text(Throwable failure) {
    return failure == null || failure instanceof CancellationException
        ? String.valueOf(failure == null ? null : "cancelled")
        : failure.getMessage();
  }

  @Test
  @Tag("scenario-70")
  @Tag("scenario-74")
  @Tag("scenario-79")
  @DisplayName("callbacks of each form run once, in the order of their declaration")
  void runsEachFormInOrder() throws Exception {
    CallSite<Work> site = watched().open(open(Shape.of("io", 1)));
    awaitDone(site.submit(null, new Halve(4)));
    assertThat(seen).containsExactly("first 2", "third 2 null", "4 SUCCEEDED");
    seen.clear();
    awaitDone(site.submit(null, new Halve(3)));
    assertThat(seen).containsExactly("second odd 3", "third null odd 3", "4 FAILED");
    assertThat(unobserved).isEmpty();
  }

  @Test
  @Tag("scenario-79")
  @DisplayName("the callback of a failure gets a cancel as well")
  void tellsCancels() throws Exception {
    Pools pools = open(Shape.of("io", 1));
    CallSite<Work> site = watched().open(pools);
    Gate gate = gate();
    Task<?> unused = pools.pool("io").submit(Quiet.stopAt(gate.port()));
    gate.next();
    Task<Integer> queued = site.submit(null, new Halve(4));
    queued.cancel(true);
    awaitDone(queued);
    assertThat(seen).containsExactly("second cancelled", "third null cancelled", "4 CANCELLED");
  }

  @Test
  @Tag("scenario-70")
  @DisplayName("each element of a batch has its callbacks, once, before close returns")
  void runsForEachElement() {
    for (int i = 0; i < times(1); i++) {
      seen.clear();
      AtomicInteger good = new AtomicInteger();
      AtomicInteger bad = new AtomicInteger();
      Pools pools = open(Shape.of("io", 2));
      Batch<Integer> unused =
          halve()
              .onSuccess("good(int)", (Work none, Integer half) -> good.incrementAndGet())
              .onFailure("bad(Throwable)", (none, failure) -> bad.incrementAndGet())
              .open(pools)
              .map(
                  null,
                  Rows.of(MapContract.inputs(41)),
                  row -> new Halve(row.next()),
                  MapOption.chunkSize(7));
      pools.close();
      assertThat(good).hasValue(21);
      assertThat(bad).hasValue(20);
      assertThat(unobserved).isEmpty();
    }
  }

  @Test
  @Tag("scenario-72")
  @DisplayName("a callback that throws is logged with its name and its task's, and no more")
  void logsWhatThrows() throws Exception {
    CallSite<Work> site =
        halve()
            .onSuccess(
                "save(int)",
                (Work none, Integer half) -> {
                  throw new AssertionError("the callback of a test fails on purpose");
                })
            .onDone("after(Task)", (Work none, Task<Integer> task) -> seen.add("after"))
            .open(open(Shape.of("io", 1)));
    try (LogLines log = new LogLines()) {
      Task<Integer> task = site.submit(null, new Halve(4));
      awaitDone(task);
      assertThat(log.lines()).containsExactly("callback save(int) of Work.halve(int) failed");
      assertThat(seen).containsExactly("after");
      assertThat(task.status()).isEqualTo(TaskStatus.SUCCEEDED);
      assertThat(site.submit(null, new Halve(6)).join()).isEqualTo(3);
    }
  }

  @Test
  @DisplayName("callbacks run on the worker that finished the task, in this JVM")
  void runsOnItsWorker() throws Exception {
    CallSite<Work> site =
        halve()
            .onDone(
                "where(Task)",
                (Work none, Task<Integer> task) -> seen.add(Thread.currentThread().getName()))
            .open(open(Shape.of("io", 1)));
    awaitDone(site.submit(null, new Halve(4)));
    awaitDone(site.submit(null, new Halve(3)));
    String worker = kind() == Kind.DIRECT ? Thread.currentThread().getName() : "io-1";
    assertThat(seen).containsExactly(worker, worker);
  }

  private static void pass(CallSite<Work> next, int number) {
    Task<Integer> unused = next.submit(null, new Halve(number));
  }

  @Test
  @Tag("scenario-75")
  @DisplayName("chains across three pools: close waits for every link, also of each element")
  void chainsAcrossPools() {
    for (int i = 0; i < times(1); i++) {
      Pools pools =
          open(Shape.of("io", 2).queue(1), Shape.of("cpu", 1).queue(1), Shape.of("db", 1).queue(1));
      AtomicInteger saved = new AtomicInteger();
      CallSite<Work> save =
          CallSite.<Work>ofStatic(Work.class, "save(int)", "db")
              .onSuccess("saved()", (Work none, Integer same) -> saved.addAndGet(same))
              .open(pools);
      CallSite<Work> parse =
          CallSite.<Work>ofStatic(Work.class, "parse(int)", "cpu")
              .onSuccess("save(int)", (Work none, Integer half) -> pass(save, half))
              .open(pools);
      CallSite<Work> get =
          halve()
              .onSuccess("parse(int)", (Work none, Integer half) -> pass(parse, half))
              .open(pools);
      List<Integer> inputs = MapContract.inputs(50).stream().map(n -> 8 * n).toList();
      Batch<Integer> unused =
          get.map(null, Rows.of(inputs), row -> new Halve(row.next()), MapOption.chunkSize(5));
      pools.close();
      assertThat(saved).hasValue(49 * 50 / 2);
      assertThat(pools.pool("db").stats().succeeded()).isEqualTo(50);
    }
  }

  @Test
  @Tag("scenario-81")
  @DisplayName("a @Callback that blocks holds up no task of another worker")
  void blocksNobody() throws Exception {
    needsWorkers();
    Pools pools = open(Shape.of("io", 2));
    Pool pool = pools.pool("io");
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    CallSite<Work> site =
        halve()
            .onSuccess(
                "slow(int)",
                (Work none, Integer half) -> {
                  entered.countDown();
                  release.await();
                })
            .open(pools);
    try {
      assertThat(site.submit(null, new Halve(4)).join()).isEqualTo(2);
      entered.await();
      assertThat(pool.map(MapContract::doubled, MapContract.inputs(50)).toList()).hasSize(50);
      assertThat(pool.stats().running()).isPositive();
    } finally {
      release.countDown();
    }
  }
}
