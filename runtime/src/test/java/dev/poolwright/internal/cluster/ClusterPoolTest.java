package dev.poolwright.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.Batch;
import dev.poolwright.CallOption;
import dev.poolwright.ClusterPoolConfig;
import dev.poolwright.JobFunction;
import dev.poolwright.MapOption;
import dev.poolwright.NoWorkerException;
import dev.poolwright.PoolListener;
import dev.poolwright.Pools;
import dev.poolwright.RemoteTaskException;
import dev.poolwright.Task;
import dev.poolwright.TaskContext;
import dev.poolwright.TaskProgress;
import dev.poolwright.TaskStatus;
import dev.poolwright.TaskTimeoutException;
import dev.poolwright.WorkerEvent;
import dev.poolwright.WorkerLostException;
import dev.poolwright.WorkerView;
import dev.poolwright.internal.LeavesNothingBehind;
import dev.poolwright.internal.LogLines;
import dev.poolwright.internal.cluster.FakeCluster.FakeNode;
import dev.poolwright.internal.time.SteppedTime;
import dev.poolwright.spi.Call;
import dev.poolwright.spi.CallSite;
import dev.poolwright.spi.Rows;
import dev.poolwright.spi.Targets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A cluster pool on nodes that are reached by a fake transport. */
@Timeout(60)
@ExtendWith(LeavesNothingBehind.class)
class ClusterPoolTest {
  private static volatile CountDownLatch begun = new CountDownLatch(0);
  private static volatile CountDownLatch goOn = new CountDownLatch(0);
  private static volatile CountDownLatch stopped = new CountDownLatch(0);
  private static final AtomicInteger RUNS = new AtomicInteger();
  private static final AtomicInteger FIRST = new AtomicInteger();

  /** Has the methods that are called. */
  static final class Renderer {}

  record Twice(int value) implements Call<Renderer, Integer> {
    @Override
    public Integer on(Renderer renderer) {
      return 2 * value;
    }

    @Override
    public Renderer target(Targets<Renderer> targets) throws Exception {
      return targets.made(Renderer::new);
    }
  }

  record Fail(Exception failure) implements Call<Renderer, Integer> {
    @Override
    public Integer on(Renderer renderer) throws Exception {
      RUNS.getAndIncrement();
      throw failure;
    }

    @Override
    public Renderer target(Targets<Renderer> targets) throws Exception {
      return targets.made(Renderer::new);
    }
  }

  record Hold(int value) implements Call<Renderer, Integer> {
    @Override
    public Integer on(Renderer renderer) throws InterruptedException {
      RUNS.getAndIncrement();
      begun.countDown();
      try {
        goOn.await();
      } catch (InterruptedException e) {
        stopped.countDown();
        throw e;
      }
      return value;
    }

    @Override
    public Renderer target(Targets<Renderer> targets) throws Exception {
      return targets.made(Renderer::new);
    }
  }

  record Report() implements Call<Renderer, Integer> {
    @Override
    public Integer on(Renderer renderer) throws InterruptedException {
      TaskContext.current().progress(0.5, "half");
      goOn.await();
      return 1;
    }

    @Override
    public Renderer target(Targets<Renderer> targets) throws Exception {
      return targets.made(Renderer::new);
    }
  }

  /** The second of a chunk waits, and the first is counted. */
  record Step(int value) implements Call<Renderer, Integer> {
    @Override
    public Integer on(Renderer renderer) throws InterruptedException {
      if (value == 2) {
        return new Hold(value).on(renderer);
      }
      if (value == 1) {
        FIRST.getAndIncrement();
      }
      return value;
    }

    @Override
    public Renderer target(Targets<Renderer> targets) throws Exception {
      return targets.made(Renderer::new);
    }
  }

  private final FakeCluster cluster = new FakeCluster("fake", "render");
  private final List<Pools> opened = new ArrayList<>();

  @BeforeEach
  void reset() {
    begun = new CountDownLatch(1);
    goOn = new CountDownLatch(1);
    stopped = new CountDownLatch(1);
    RUNS.set(0);
    FIRST.set(0);
  }

  @AfterEach
  void end() {
    opened.forEach(Pools::shutdownNow);
    opened.forEach(Pools::close);
    cluster.close();
  }

  private static ClusterPoolConfig render() {
    return ClusterPoolConfig.named("render").cluster("fake");
  }

  private Pools open(ClusterPoolConfig config) {
    Pools pools = Pools.builder().pool(config).build();
    opened.add(pools);
    return pools;
  }

  private CallSite<Renderer> site(Pools pools) {
    return CallSite.<Renderer>of(Renderer.class, "run()", "render").open(pools);
  }

  private CallSite<Renderer> site() {
    return site(open(render()));
  }

  @Test
  void runsACallOnANode() {
    cluster.node("a", 2);

    assertThat(site().submit(new Renderer(), new Twice(21)).join()).isEqualTo(42);
  }

  @Test
  void runsWorkThatWasSubmittedByHand() {
    cluster.node("a", 2);

    assertThat(open(render()).pool("render").submit(() -> "here").join()).isEqualTo("here");
  }

  @Test
  void mapsAMethodOverManyInputs() {
    cluster.node("a", 2);
    cluster.node("b", 3);
    List<Integer> inputs = IntStream.range(0, 1_000).boxed().toList();

    try (Batch<Integer> batch =
        site().map(new Renderer(), Rows.of(inputs), row -> new Twice(row.<Integer>next()))) {
      assertThat(batch.toList()).isEqualTo(inputs.stream().map(each -> 2 * each).toList());
    }
  }

  /** Counts its calls, as a function may whose copy runs one after another. */
  private static final class Counter implements JobFunction<Integer, Integer> {
    private static final long serialVersionUID = 1;
    private int calls;

    @Override
    public Integer apply(Integer input) {
      return input + calls++;
    }
  }

  @Test
  void mapsAFunctionOfWhichEachChunkHasItsOwn() {
    cluster.node("a", 2);
    List<Integer> inputs = IntStream.range(0, 100).boxed().toList();

    try (Batch<Integer> batch =
        open(render()).pool("render").map(new Counter(), inputs, MapOption.chunkSize(50))) {
      assertThat(batch.toList()).isEqualTo(inputs.stream().map(i -> i + i % 50).toList());
    }
  }

  @Test
  void whatTheMethodThrowsFailsItsTaskAndIsNotRepeated() {
    cluster.node("a", 1);
    Task<Integer> task = site().submit(new Renderer(), new Fail(new IOException("disk full")));

    assertThatThrownBy(task::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(IOException.class)
        .hasRootCauseMessage("disk full");
    assertThat(RUNS).hasValue(1);
  }

  @Test
  void anElementThatFailsFailsAlone() {
    cluster.node("a", 1);
    Rows rows = Rows.of(List.of(1, 2, 3));

    List<Task<Integer>> tasks = new ArrayList<>();
    try (Batch<Integer> batch =
        site()
            .map(
                new Renderer(),
                rows,
                row -> {
                  int value = row.<Integer>next();
                  return value == 2 ? new Fail(new IOException("two")) : new Twice(value);
                },
                MapOption.chunkSize(3))) {
      batch.asCompleted().forEach(tasks::add);
    }

    assertThat(tasks).hasSize(3);
    assertThat(tasks.stream().filter(Task::isCompletedExceptionally)).hasSize(1);
  }

  @Test
  void aBusyNodeKeepsTheCallWaiting() {
    cluster.node("a", 1);
    cluster.answersNext(Answer.busy(), Answer.busy(), Answer.busy());

    assertThat(site().submit(new Renderer(), new Twice(4)).join()).isEqualTo(8);
  }

  @Test
  void aCallThatANodeRefusesFailsWithItsReason() {
    cluster.node("a", 1);
    cluster.answersNext(Answer.refused("it has no pool"));

    assertThatThrownBy(site().submit(new Renderer(), new Twice(4))::join)
        .hasMessageContaining("it has no pool");
  }

  @Test
  void aNodeThatLeavesGetsNoMoreCalls() {
    cluster.node("a", 1);
    cluster.answersNext(Answer.leaving());
    Task<Integer> task = site().submit(new Renderer(), new Twice(4));

    cluster.node("b", 1);

    assertThat(task.join()).isEqualTo(8);
  }

  @Test
  void whatRanOnALostNodeFailsAndWhatWaitedRunsElsewhere() throws InterruptedException {
    FakeNode lost = cluster.node("a", 1);
    CallSite<Renderer> site = site();
    Task<Integer> ran = site.submit(new Renderer(), new Hold(1));
    Task<Integer> waits = site.submit(new Renderer(), new Twice(5));
    begun.await();

    lost.die();
    cluster.node("b", 1);

    assertThatThrownBy(ran::join)
        .hasCauseInstanceOf(WorkerLostException.class)
        .hasMessageContaining("may have run on worker node a");
    assertThat(waits.join()).isEqualTo(10);
    assertThat(RUNS).as("it runs nowhere else").hasValue(1);
  }

  @Test
  void elementsOnALostNodeFailAndTheOthersGoOn() throws InterruptedException {
    FakeNode lost = cluster.node("a", 1);
    List<Integer> inputs = Collections.nCopies(6, 1);
    List<Task<Integer>> tasks = new ArrayList<>();
    try (Batch<Integer> batch =
        site()
            .map(
                new Renderer(),
                Rows.of(inputs),
                row -> new Hold(row.<Integer>next()),
                MapOption.chunkSize(2))) {
      begun.await();
      lost.die();
      cluster.node("b", 1);
      goOn.countDown();
      batch.asCompleted().forEach(tasks::add);
    }

    assertThat(tasks.stream().filter(each -> !each.isCompletedExceptionally())).hasSize(4);
    assertThat(tasks.stream().filter(Task::isCompletedExceptionally))
        .hasSize(2)
        .allSatisfy(
            each -> assertThatThrownBy(each::join).hasCauseInstanceOf(WorkerLostException.class));
  }

  @Test
  void aCallWithRetriesRunsAgainWhenItsNodeIsLost() throws InterruptedException {
    FakeNode lost = cluster.node("a", 1);
    List<Integer> ended = Collections.synchronizedList(new ArrayList<>());
    Task<Integer> task =
        site(open(render().retries(1)))
            .submit(new Renderer(), new Hold(7))
            .onDone(done -> ended.add(1));
    begun.await();

    lost.die();
    goOn.countDown();
    cluster.node("b", 1);

    assertThat(task.join()).isEqualTo(7);
    assertThat(RUNS).hasValue(2);
    opened.get(0).close();
    assertThat(ended).as("callbacks run once").hasSize(1);
  }

  @Test
  void aCallThatLosesItsNodeEachTimeFailsWithAllItsTries() throws InterruptedException {
    FakeNode first = cluster.node("a", 1);
    Task<Integer> task =
        site(open(render())).with(CallOption.retries(1)).submit(new Renderer(), new Hold(7));
    begun.await();
    begun = new CountDownLatch(1);
    first.die();
    FakeNode second = cluster.node("b", 1);
    begun.await();

    second.die();

    assertThatThrownBy(task::join)
        .cause()
        .isInstanceOf(WorkerLostException.class)
        .hasMessageContaining("worker node b")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    assertThat(RUNS).hasValue(2);
  }

  @Test
  void elementsWithRetriesRunAgainWhenTheirNodeIsLost() throws InterruptedException {
    FakeNode lost = cluster.node("a", 1);
    List<Integer> inputs = List.of(1, 2, 3, 4, 5, 6);
    try (Batch<Integer> batch =
        site(open(render().retries(1)))
            .map(
                new Renderer(),
                Rows.of(inputs),
                row -> new Hold(row.<Integer>next()),
                MapOption.chunkSize(2))) {
      begun.await();
      lost.die();
      cluster.node("b", 1);
      goOn.countDown();

      assertThat(batch.toList()).isEqualTo(inputs);
    }
  }

  private CallSite<Renderer> limited(SteppedTime time) {
    Pools pools = Pools.builder().time(time).pool(render().retries(1)).build();
    opened.add(pools);
    return site(pools).with(CallOption.timeout(Duration.ofSeconds(10)));
  }

  /** The limit of a run, which began at most a second ago, ends it in ten and no sooner. */
  /** A chunk of which the first ends, and the second waits. */
  private List<Task<Integer>> endedAndHeld(Pools pools) {
    List<Task<Integer>> tasks = new ArrayList<>();
    site(pools)
        .map(
            new Renderer(),
            Rows.of(List.of(1, 2, 3)),
            row -> new Step(row.<Integer>next()),
            MapOption.chunkSize(3))
        .tasks()
        .forEach(tasks::add);
    return tasks;
  }

  @Test
  void anElementThatHasEndedStaysSoWhenItsNodeIsLost() throws InterruptedException {
    FakeNode lost = cluster.node("a", 1);
    List<Task<Integer>> tasks = endedAndHeld(open(render()));
    begun.await();
    assertThat(tasks.get(0).join()).as("while others of its chunk run").isEqualTo(1);

    lost.die();

    assertThat(tasks.get(0).join()).isEqualTo(1);
    assertThatThrownBy(tasks.get(1)::join).hasCauseInstanceOf(WorkerLostException.class);
    assertThatThrownBy(tasks.get(2)::join).hasCauseInstanceOf(WorkerLostException.class);
  }

  @Test
  void anElementThatHasEndedRunsOnceWhereOthersAreTriedAgain() throws InterruptedException {
    FakeNode lost = cluster.node("a", 1);
    List<Task<Integer>> tasks = endedAndHeld(open(render().retries(1)));
    begun.await();
    assertThat(tasks.get(0).join()).isEqualTo(1);

    lost.die();
    goOn.countDown();
    cluster.node("b", 1);

    assertThat(tasks).extracting(Task::join).containsExactly(1, 2, 3);
    assertThat(FIRST).hasValue(1);
    assertThat(RUNS).as("the second, on each node").hasValue(2);
  }

  @Test
  void anElementMayWaitForACallbackOfAnEarlierOneThatNeedsThePlace() {
    cluster.node("a", 1);
    Pools pools = open(render());
    List<Task<Integer>> tasks = endedAndHeld(pools);
    List<Integer> nested = Collections.synchronizedList(new ArrayList<>());
    tasks
        .get(0)
        .onDone(
            done -> {
              Task<Integer> after = site(pools).submit(new Renderer(), new Twice(5));
              goOn.countDown();
              nested.add(after.join());
            });

    assertThat(tasks).extracting(Task::join).containsExactly(1, 2, 3);
    pools.close();
    assertThat(nested).containsExactly(10);
  }

  @Test
  void theAnswerHasAlsoWhatWasToldInAMessageThatIsLost() throws InterruptedException {
    FakeNode node = cluster.node("a", 1);
    CountDownLatch silent = node.losesMessages();
    List<Task<Integer>> tasks = endedAndHeld(open(render()));
    begun.await();
    silent.await();
    assertThat(tasks.get(0).isDone()).isFalse();

    goOn.countDown();

    assertThat(tasks).extracting(Task::join).containsExactly(1, 2, 3);
  }

  private static void assertHasItsWholeLimit(Task<Integer> task, SteppedTime time)
      throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    Task<Integer> unused = task.onDone(any -> done.countDown());
    time.pass(Duration.ofSeconds(8));
    assertThat(done.await(200, TimeUnit.MILLISECONDS)).as("over before its limit").isFalse();
    time.pass(Duration.ofSeconds(2));
    assertThatThrownBy(task::join).hasCauseInstanceOf(TaskTimeoutException.class);
  }

  @Test
  void eachTryHasItsWholeLimit() throws InterruptedException {
    SteppedTime time = SteppedTime.stepped();
    FakeNode lost = cluster.node("a", 1);
    Task<Integer> task = limited(time).submit(new Renderer(), new Hold(7));
    begun.await();
    time.pass(Duration.ofSeconds(9));
    begun = new CountDownLatch(1);

    lost.die();
    cluster.node("b", 1);
    begun.await();

    assertThat(RUNS).hasValue(2);
    assertHasItsWholeLimit(task, time);
  }

  @Test
  void eachTryOfAnElementHasItsWholeLimit() throws InterruptedException {
    SteppedTime time = SteppedTime.stepped();
    FakeNode lost = cluster.node("a", 1);
    try (Batch<Integer> batch =
        limited(time)
            .map(
                new Renderer(),
                Rows.of(List.of(7)),
                row -> new Hold(row.<Integer>next()),
                MapOption.chunkSize(2))) {
      begun.await();
      time.pass(Duration.ofSeconds(9));
      begun = new CountDownLatch(1);

      lost.die();
      cluster.node("b", 1);
      begun.await();

      assertThat(RUNS).hasValue(2);
      assertHasItsWholeLimit(batch.tasks().iterator().next(), time);
    }
  }

  @Test
  void theLimitOfACallThatNoNodeTookCountsFromWhenOneDoes() throws InterruptedException {
    SteppedTime time = SteppedTime.stepped();
    cluster.node("a", 1);
    cluster.answersNext(Answer.busy());
    Task<Integer> task = limited(time).submit(new Renderer(), new Hold(7));
    while (!cluster.hasAnswered()) {
      LockSupport.parkNanos(1_000_000);
    }

    time.pass(Duration.ofSeconds(9));
    while (begun.getCount() > 0) {
      time.pass(Duration.ofMillis(2)); // The node rests for a moment.
      LockSupport.parkNanos(1_000_000);
    }

    assertHasItsWholeLimit(task, time);
  }

  @Test
  void whatIsSentOnceMoreDoesNotRunAgain() throws Exception {
    FakeNode node = cluster.node("a", 1);
    Task<Integer> task = site().submit(new Renderer(), new Fail(new IOException("disk full")));
    assertThatThrownBy(task::join).hasCauseInstanceOf(IOException.class);

    for (int i = 0; i < 3; i++) {
      byte[] answer =
          node.worker
              .call(cluster.latestCaller, cluster.latest)
              .toCompletableFuture()
              .get(10, TimeUnit.SECONDS);
      assertThat(Answer.read(answer).kind()).isEqualTo(Answer.Kind.REPEATED);
    }
    assertThat(RUNS).hasValue(1);
  }

  @Test
  void bytesThatMakeNoSenseAreAnsweredAndTakeNoPlace() throws Exception {
    FakeNode node = cluster.node("a", 1);
    CallSite<Renderer> site = site();
    assertThat(site.submit(new Renderer(), new Twice(4)).join()).isEqualTo(8);
    byte[] sent = cluster.latest;
    for (int length = 0; length < sent.length; length++) {
      byte[] cut = Arrays.copyOf(sent, length);
      byte[] answer =
          node.worker
              .call(cluster.latestCaller, cut)
              .toCompletableFuture()
              .get(10, TimeUnit.SECONDS);
      assertThat(Answer.read(answer).kind()).as("%s bytes", length).isNotEqualTo(Answer.Kind.BUSY);
    }
    for (int at = 0; at + 4 <= sent.length; at++) {
      for (int huge : new int[] {Integer.MAX_VALUE, -1, Integer.MIN_VALUE}) {
        byte[] changed = sent.clone();
        ByteBuffer.wrap(changed).putInt(at, huge);
        byte[] answer =
            node.worker
                .call(cluster.latestCaller, changed)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        assertThat(Answer.read(answer).kind()).as("%s at %s", huge, at).isNotNull();
      }
    }
    // Another caller, since some of it counted as later deliveries of this one.
    assertThat(site().submit(new Renderer(), new Twice(5)).join()).isEqualTo(10);
  }

  @Test
  void callsAndStopsInTheNameOfAnotherCallerDoNothing() throws Exception {
    FakeNode node = cluster.node("a", 2);
    Task<Integer> held = site().submit(new Renderer(), new Hold(3));
    begun.await();
    byte[] call = cluster.latest;
    ByteBuffer delivery = ByteBuffer.wrap(call).position(1 + 4 + cluster.latestCaller.length());
    byte[] next = call.clone();
    ByteBuffer.wrap(next).putLong(delivery.position(), delivery.getLong() + 1);

    Answer answer = Answer.read(node.worker.call("another", next).toCompletableFuture().get());
    assertThat(answer.kind()).isEqualTo(Answer.Kind.REFUSED);
    assertThat(answer.text()).contains("of another caller");
    String running = cluster.latestCaller + ":1:0";
    assertThatThrownBy(() -> node.worker.interrupt("another", running))
        .isInstanceOf(IllegalArgumentException.class);
    goOn.countDown();
    assertThat(held.join()).isEqualTo(3);
    assertThat(RUNS).hasValue(1);
  }

  @Test
  void aDeliveryThatCameBeforeMayHaveRun() {
    cluster.node("a", 1);
    cluster.answersNext(Answer.repeated());

    assertThatThrownBy(site().submit(new Renderer(), new Twice(4))::join)
        .hasCauseInstanceOf(WorkerLostException.class);
  }

  @Test
  void aCancelReachesTheRun() throws InterruptedException {
    cluster.node("a", 1);
    Task<Integer> task = site().submit(new Renderer(), new Hold(1));
    begun.await();

    task.cancel(true);

    assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
  }

  /** The only place of the node is free again, whenever the stop came on the way of the call. */
  @Test
  void aCancelAtAnyMomentStopsTheRun() throws Exception {
    cluster.node("a", 1);
    CallSite<Renderer> site = site();
    for (int round = 0; round < 1_000; round++) {
      Task<Integer> task = site.submit(new Renderer(), new Hold(1));
      while (task.status() == TaskStatus.QUEUED) {
        Thread.onSpinWait();
      }
      LockSupport.parkNanos(round % 4 * 20_000L); // The moment is the test.
      task.cancel(true);
      Task<Integer> next = site.submit(new Renderer(), new Twice(round));
      assertThat(next.get(20, TimeUnit.SECONDS)).as("round %s", round).isEqualTo(2 * round);
    }
  }

  @Test
  void elementsThatAreCancelledAtAnyMomentStop() throws Exception {
    cluster.node("a", 1);
    CallSite<Renderer> site = site();
    for (int round = 0; round < 300; round++) {
      Batch<Integer> batch =
          site.map(new Renderer(), Rows.of(List.of(1)), row -> new Hold(row.<Integer>next()));
      LockSupport.parkNanos(round % 8 * 20_000L); // The moment is the test.
      batch.cancel();
      Task<Integer> next = site.submit(new Renderer(), new Twice(round));
      assertThat(next.get(20, TimeUnit.SECONDS)).as("round %s", round).isEqualTo(2 * round);
    }
  }

  @Test
  void aTimeLimitStopsTheRun() throws InterruptedException {
    cluster.node("a", 1);
    Task<Integer> task =
        site().with(CallOption.timeout(Duration.ofMillis(500))).submit(new Renderer(), new Hold(1));

    assertThatThrownBy(task::join).hasCauseInstanceOf(TaskTimeoutException.class);
    assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aCancelledCallThatNoNodeTookEndsItsWait() {
    Task<Integer> task = site().submit(new Renderer(), new Twice(1));

    assertThat(task.cancel(true)).isTrue();

    cluster.node("a", 1);
    assertThat(site(opened.get(0)).submit(new Renderer(), new Twice(2)).join()).isEqualTo(4);
  }

  @Test
  void progressComesFromTheRun() throws InterruptedException {
    cluster.node("a", 1);
    LinkedBlockingQueue<TaskProgress> seen = new LinkedBlockingQueue<>();
    Task<Integer> task = site().submit(new Renderer(), new Report()).onProgress(seen::add);

    assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo(new TaskProgress(0.5, "half"));

    goOn.countDown();
    assertThat(task.join()).isEqualTo(1);
  }

  @Test
  void listenersHearOfNodesThatComeDrainAndAreLost() throws InterruptedException {
    FakeNode lost = cluster.node("a", 1);
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    PoolListener listener =
        new PoolListener() {
          @Override
          public void workerStarted(WorkerEvent event) {
            heard.add(event.worker() + " started");
          }

          @Override
          public void workerEnded(WorkerEvent event) {
            heard.add(event.worker() + " ended: " + event.reason() + ' ' + event.isCrash());
          }
        };
    Pools pools = Pools.builder().pool(render()).listener(listener).build();
    opened.add(pools);
    Task<Integer> held = site(pools).submit(new Renderer(), new Hold(1));
    begun.await();
    assertThat(pools.pool("render").workers())
        .singleElement()
        .satisfies(
            worker -> {
              assertThat(worker.name()).isEqualTo("a");
              assertThat(worker.tasksTaken()).isEqualTo(1);
              assertThat(worker.task().orElseThrow().worker()).isEqualTo("a");
            });

    lost.die();
    assertThatThrownBy(held::join).hasCauseInstanceOf(WorkerLostException.class);
    assertThat(heard).containsExactly("a started", "a ended: it was killed true");
    heard.clear();
    cluster.answersNext(Answer.leaving());
    cluster.node("b", 1);
    Task<Integer> waits = site(pools).submit(new Renderer(), new Twice(1));
    assertThat(heard.take()).isEqualTo("b started");
    assertThat(heard.take()).isEqualTo("b ended: it drains false");
    cluster.node("c", 1);
    assertThat(waits.join()).isEqualTo(2);
    assertThat(pools.pool("render").workers()).extracting(WorkerView::name).containsExactly("c");
    pools.close();
    assertThat(heard).containsExactly("c started", "c ended: shutdown false");
  }

  @Test
  void aNodeOfAnotherBuildGetsNothingAndTheLogSaysSoOnce() {
    try (LogLines log = new LogLines()) {
      CallSite<Renderer> site = site();
      cluster.foreignNode("other");
      Task<Integer> task = site.submit(new Renderer(), new Twice(1));

      cluster.node("ours", 1);

      assertThat(task.join()).isEqualTo(2);
      assertThat(log.lines().stream().filter(each -> each.contains("another build"))).hasSize(1);
    }
  }

  @Test
  void withoutANodeACallFailsAfterItsTime() {
    CallSite<Renderer> site = site(open(render().noWorkerTimeout(Duration.ofMillis(50))));

    assertThatThrownBy(site.submit(new Renderer(), new Twice(1))::join)
        .hasCauseInstanceOf(NoWorkerException.class)
        .hasMessageContaining("no worker node for pool \"render\" in cluster \"fake\"");
  }

  @Test
  void whenTheOnlyNodeDiesWorkGoesOnWithTheNext() {
    cluster.node("a", 1).die();
    CallSite<Renderer> site = site();
    Task<Integer> task = site.submit(new Renderer(), new Twice(3));

    cluster.node("b", 1);

    assertThat(task.join()).isEqualTo(6);
  }

  @Test
  void theEndOfTheCallerStopsItsRuns() throws InterruptedException {
    cluster.node("a", 1);
    Task<Integer> task = site().submit(new Renderer(), new Hold(1));
    begun.await();

    opened.get(0).shutdownNow();

    assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(task).isCancelled();
  }

  @Test
  void aMethodWhoseTypesCannotTravelIsRefusedWhenItIsOpened() {
    Pools pools = open(render());

    assertThatThrownBy(
            () ->
                CallSite.<Renderer>of(Renderer.class, "run()", "render")
                    .cannotTravel("result Thread")
                    .open(pools))
        .hasMessageContaining("result Thread cannot travel to a worker node");
  }

  @Test
  void withoutATransportThePoolIsRefusedWithTheDependencyToAdd() {
    assertThatThrownBy(
            () ->
                Pools.builder()
                    .classLoader(ClassLoader.getPlatformClassLoader())
                    .pool(render())
                    .build())
        .hasMessageContaining("poolwright-hazelcast");
  }

  @Test
  void anExceptionThatCannotTravelComesAsText() {
    cluster.node("a", 1);
    Exception local =
        new Exception("local") {
          private static final long serialVersionUID = 1;
          private final Object kept = new Object();

          @Override
          public String getMessage() {
            return super.getMessage() + kept.hashCode();
          }
        };

    assertThatThrownBy(site().submit(new Renderer(), new Fail(new IOException(local)))::join)
        .satisfiesAnyOf(
            e -> assertThat(e).hasCauseInstanceOf(RemoteTaskException.class),
            e -> assertThat(e).hasMessageContaining("argument cannot be written"));
  }
}
