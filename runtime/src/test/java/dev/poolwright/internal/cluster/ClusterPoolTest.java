package dev.poolwright.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.Batch;
import dev.poolwright.CallOption;
import dev.poolwright.JobFunction;
import dev.poolwright.MapOption;
import dev.poolwright.NoWorkerException;
import dev.poolwright.PoolListener;
import dev.poolwright.Pools;
import dev.poolwright.RemoteTaskException;
import dev.poolwright.Task;
import dev.poolwright.TaskProgress;
import dev.poolwright.TaskStatus;
import dev.poolwright.TaskTimeoutException;
import dev.poolwright.WorkerEvent;
import dev.poolwright.WorkerLostException;
import dev.poolwright.WorkerView;
import dev.poolwright.internal.LogLines;
import dev.poolwright.internal.cluster.FakeCluster.FakeNode;
import dev.poolwright.internal.time.SteppedTime;
import dev.poolwright.spi.CallSite;
import dev.poolwright.spi.ClusterWorker.EnvelopeRun;
import dev.poolwright.spi.Rows;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A cluster pool on nodes that are reached by a fake transport. */
class ClusterPoolTest extends OnFakeCluster {

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
  void whatIsSentOnceMoreDoesNotRunAgain() throws Exception {
    FakeNode node = cluster.node("a", 1);
    Task<Integer> task = site().submit(new Renderer(), new Fail(new IOException("disk full")));
    assertThatThrownBy(task::join).hasCauseInstanceOf(IOException.class);

    for (int i = 0; i < 3; i++) {
      Answer answer = answer(node.worker.call(cluster.latestCaller, cluster.latest));
      assertThat(answer.kind()).isEqualTo(Answer.Kind.REPEATED);
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
      Answer answer = answer(node.worker.call(cluster.latestCaller, cut));
      assertThat(answer.kind()).as("%s bytes", length).isNotEqualTo(Answer.Kind.BUSY);
    }
    for (int at = 0; at + 4 <= sent.length; at++) {
      for (int huge : new int[] {Integer.MAX_VALUE, -1, Integer.MIN_VALUE}) {
        byte[] changed = sent.clone();
        ByteBuffer.wrap(changed).putInt(at, huge);
        Answer answer = answer(node.worker.call(cluster.latestCaller, changed));
        assertThat(answer.kind()).as("%s at %s", huge, at).isNotNull();
      }
    }
    // Another caller, since some of it counted as later deliveries of this one.
    assertThat(site().submit(new Renderer(), new Twice(5)).join()).isEqualTo(10);
  }

  /** As another delivery, which may run. */
  private byte[] latestOnceMore() {
    byte[] next = cluster.latest.clone();
    ByteBuffer delivery = ByteBuffer.wrap(next).position(1 + 4 + cluster.latestCaller.length());
    delivery.putLong(delivery.position(), delivery.getLong(delivery.position()) + 1);
    return next;
  }

  private static Answer answer(EnvelopeRun run) throws Exception {
    return Answer.read(run.answer().toCompletableFuture().get(10, TimeUnit.SECONDS));
  }

  @Test
  void aRunThatItsNodeStopsIsAnsweredAndOthersGoOn() throws Exception {
    FakeNode node = cluster.node("a", 2);
    Task<Integer> held = site().submit(new Renderer(), new Hold(3));
    begun.await();

    EnvelopeRun other = node.worker.call(cluster.latestCaller, latestOnceMore());
    other.stop();

    assertThat(answer(other).kind()).isEqualTo(Answer.Kind.RAN);
    goOn.countDown();
    assertThat(held.join()).isEqualTo(3);
  }

  @Test
  void callsAndStopsInTheNameOfAnotherCallerDoNothing() throws Exception {
    FakeNode node = cluster.node("a", 2);
    Task<Integer> held = site().submit(new Renderer(), new Hold(3));
    begun.await();
    byte[] next = latestOnceMore();

    Answer answer = answer(node.worker.call("another", next));
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

  @Test
  void anElementThatIsCancelledWithoutAnInterruptGoesOnUnseen() throws Exception {
    cluster.node("a", 1);
    CallSite<Renderer> site = site();
    try (Batch<Integer> batch =
        site.map(new Renderer(), Rows.of(List.of(1)), row -> new Hold(row.<Integer>next()))) {
      begun.await();

      batch.tasks().iterator().next().cancel(false);
      goOn.countDown();

      assertThat(site.submit(new Renderer(), new Twice(21)).join()).isEqualTo(42);
      assertThat(stopped.getCount()).isEqualTo(1);
    }
  }

  @Test
  void theEndOfThePoolsStopsWhatRunsUnseenBehindAnElementThatWasAnsweredEarly() throws Exception {
    cluster.node("a", 1);
    Pools pools = open(render());
    try (Batch<Integer> batch =
        site(pools)
            .map(
                new Renderer(),
                Rows.of(List.of(1, 3, 2)),
                row -> new Step(row.<Integer>next()),
                MapOption.chunkSize(3))) {
      Iterator<Task<Integer>> tasks = batch.tasks().iterator();
      assertThat(tasks.next().get(10, TimeUnit.SECONDS)).isEqualTo(1);
      // By the second answer the chunk has forgotten the first.
      assertThat(tasks.next().get(10, TimeUnit.SECONDS)).isEqualTo(3);
      begun.await();
      assertThat(tasks.next().cancel(false)).isTrue();

      pools.shutdownNow();

      boolean isStopped = stopped.await(5, TimeUnit.SECONDS);
      goOn.countDown();
      assertThat(isStopped).isTrue();
    }
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
        site().with(CallOption.timeout(Duration.ofSeconds(1))).submit(new Renderer(), new Hold(1));

    assertThatThrownBy(task::join).hasCauseInstanceOf(TaskTimeoutException.class);
    assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aTimeLimitIsNamedAlikeWhereTheNodeIsTheFirstToSeeIt() {
    cluster.node("a", 1);
    SteppedTime stands = SteppedTime.stepped();
    Task<Integer> task =
        site(open(Pools.builder().time(stands).pool(render())))
            .with(CallOption.timeout(Duration.ofMillis(50)))
            .submit(new Renderer(), new Hold(1));

    assertThatThrownBy(task::join)
        .cause()
        .isInstanceOf(TaskTimeoutException.class)
        .hasMessage("Renderer.run() ran longer than PT0.05S, the limit of CallOption");
  }

  @Test
  void aCancelledCallThatNoNodeTookEndsItsWait() {
    Task<Integer> task = site().submit(new Renderer(), new Twice(1));

    assertThat(task.cancel(true)).isTrue();

    cluster.node("a", 1);
    assertThat(site(opened.get(0)).submit(new Renderer(), new Twice(2)).join()).isEqualTo(4);
  }

  @Test
  void cancelledElementsThatNoNodeTookEndTheWaitOfTheirChunk() throws InterruptedException {
    Pools pools = open(render());
    Batch<Integer> batch =
        site(pools)
            .map(
                new Renderer(),
                Rows.of(List.of(1, 2)),
                row -> new Twice(row.<Integer>next()),
                MapOption.chunkSize(2));
    while (pools.pool("render").stats().queued() > 0) {
      Thread.onSpinWait();
    }

    batch.cancel();
    pools.shutdown();

    assertThat(pools.awaitTermination(Duration.ofSeconds(10))).isTrue();
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
    Pools pools = open(Pools.builder().pool(render()).listener(listener));
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
  void whereNodesAreThereTheFailureSaysWhyTheyGetNoCalls() {
    CallSite<Renderer> site = site(open(render().noWorkerTimeout(Duration.ofMillis(50))));
    cluster.foreignNode("a");
    cluster.foreignNode("b");
    cluster.unknownNode("c").hasNoPool();
    cluster.foreignNode("d").die();

    assertThatThrownBy(site.submit(new Renderer(), new Twice(1))::join)
        .cause()
        .isInstanceOf(NoWorkerException.class)
        .hasMessageEndingWith(
            "(no-worker-timeout); nodes that are there and get no calls: 2 of another build, 1"
                + " without this pool");
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
