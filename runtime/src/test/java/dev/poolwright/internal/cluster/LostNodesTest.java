package dev.poolwright.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.Batch;
import dev.poolwright.CallOption;
import dev.poolwright.MapOption;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.TaskTimeoutException;
import dev.poolwright.WorkerLostException;
import dev.poolwright.internal.cluster.FakeCluster.FakeNode;
import dev.poolwright.internal.time.SteppedTime;
import dev.poolwright.spi.CallSite;
import dev.poolwright.spi.Rows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What becomes of calls whose node leaves or is lost, and of their limits and tries. */
class LostNodesTest extends OnFakeCluster {

  /** A batch in chunks of two, which hold on to their place. */
  private static Batch<Integer> holds(CallSite<Renderer> site, List<Integer> inputs) {
    return site.map(
        new Renderer(),
        Rows.of(inputs),
        row -> new Hold(row.<Integer>next()),
        MapOption.chunkSize(2));
  }

  /** A node is lost as it runs something, and there is another. */
  private void anotherComesFor(FakeNode lost) throws InterruptedException {
    begun.await();
    lost.die();
    cluster.node("b", 1);
    goOn.countDown();
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
    try (Batch<Integer> batch = holds(site(), inputs)) {
      anotherComesFor(lost);
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
    try (Batch<Integer> batch = holds(site(open(render().retries(1))), inputs)) {
      anotherComesFor(lost);

      assertThat(batch.toList()).isEqualTo(inputs);
    }
  }

  private CallSite<Renderer> limited(SteppedTime time) {
    Pools pools = open(Pools.builder().time(time).pool(render().retries(1)));
    return site(pools).with(CallOption.timeout(Duration.ofSeconds(10)));
  }

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

  /** The limit of a run, which began at most a second ago, ends it in ten and no sooner. */
  private static void assertHasItsWholeLimit(Task<Integer> task, SteppedTime time)
      throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    Task<Integer> unused = task.onDone(any -> done.countDown());
    time.pass(Duration.ofSeconds(8));
    assertThat(done.await(200, TimeUnit.MILLISECONDS)).as("over before its limit").isFalse();
    time.pass(Duration.ofSeconds(2));
    assertThatThrownBy(task::join).hasCauseInstanceOf(TaskTimeoutException.class);
  }

  /** Most of the limit has passed when the node is lost. */
  private void diesNearTheLimit(FakeNode lost, SteppedTime time) throws InterruptedException {
    begun.await();
    time.pass(Duration.ofSeconds(9));
    begun = new CountDownLatch(1);

    lost.die();
    cluster.node("b", 1);
    begun.await();
    assertThat(RUNS).hasValue(2);
  }

  @Test
  void eachTryHasItsWholeLimit() throws InterruptedException {
    SteppedTime time = SteppedTime.stepped();
    FakeNode lost = cluster.node("a", 1);
    Task<Integer> task = limited(time).submit(new Renderer(), new Hold(7));
    diesNearTheLimit(lost, time);
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
      diesNearTheLimit(lost, time);
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
}
