package dev.poolwright.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.impl.clientside.HazelcastClientInstanceImpl;
import com.hazelcast.client.impl.clientside.HazelcastClientProxy;
import dev.poolwright.Batch;
import dev.poolwright.ClusterPoolConfig;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.TaskProgress;
import dev.poolwright.WorkerLostException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two node JVMs on loopback. To be quick they are started once, and the tests that end them come
 * last.
 */
@Timeout(120)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WorkerNodesTest {
  @TempDir static Path folder;

  private static Nodes nodes;
  private static TestNode first;
  private static TestNode second;
  private static Pools pools;
  private static AsyncRenderer renderer;
  private static HazelcastClientInstanceImpl client; // Of those pools.

  private final Path log = folder.resolve("log-" + System.nanoTime());
  private final Path goOn = folder.resolve("go-on-" + System.nanoTime());

  @BeforeAll
  static void start() throws Exception {
    nodes = new Nodes(folder, 3);
    first = nodes.start(0);
    second = nodes.start(1);
    pools = nodes.caller();
    renderer = new AsyncRenderer(new Renderer(), pools);
    first.awaitReady();
    second.awaitReady();
    Nodes.awaitWorkers(pools, 2);
    client =
        HazelcastClient.getAllHazelcastClients().stream()
            .filter(each -> each.getName().contains(nodes.cluster))
            .map(each -> ((HazelcastClientProxy) each).client)
            .findFirst()
            .orElseThrow();
  }

  @AfterAll
  static void end() {
    nodes.close();
  }

  private List<String> notes() {
    try {
      return Files.exists(log) ? Files.readAllLines(log) : List.of();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private long noted(String what) {
    return notes().stream().filter(each -> each.startsWith(what)).count();
  }

  private List<Task<Long>> held(int count) {
    List<Task<Long>> tasks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tasks.add(renderer.hold(log.toString(), goOn.toString()));
    }
    return tasks;
  }

  private void goOn() throws IOException {
    Files.createFile(goOn);
  }

  @Test
  @Order(1)
  void callsRunOnBothNodes() throws Exception {
    List<Task<Long>> tasks = held(4);
    Nodes.await(() -> noted("begun") == 4);
    goOn();

    Set<Long> pids = new HashSet<>();
    for (Task<Long> each : tasks) {
      pids.add(each.get(30, TimeUnit.SECONDS));
    }
    assertThat(pids).containsExactlyInAnyOrder(first.pid(), second.pid());
  }

  @Test
  @Order(2)
  void mapsAMethodOverManyInputs() {
    List<Integer> inputs = IntStream.range(0, 2_000).boxed().toList();
    try (Batch<Integer> batch = renderer.addAll(inputs, inputs)) {
      assertThat(batch.toList()).isEqualTo(inputs.stream().map(each -> 2 * each).toList());
    }
  }

  @Test
  @Order(3)
  void aTaskThatThrowsAnIoExceptionRunsOnce() {
    Task<Integer> task = renderer.fail(log.toString());

    assertThatThrownBy(() -> task.get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(IOException.class)
        .hasRootCauseMessage("disk full");
    assertThat(notes()).containsExactly("failed");
  }

  @Test
  @Order(4)
  void aCancelReachesTheRunAndProgressComesBack() throws Exception {
    LinkedBlockingQueue<TaskProgress> seen = new LinkedBlockingQueue<>();
    List<Long> tookNanos = new ArrayList<>();
    for (int i = 1; i <= 9; i++) {
      Task<Long> task = renderer.hold(log.toString(), goOn.toString()).onProgress(seen::add);
      assertThat(seen.poll(30, TimeUnit.SECONDS)).isEqualTo(new TaskProgress(0.5, "holds"));
      long cancelled = System.nanoTime();

      task.cancel(true);

      int count = i;
      Nodes.await(() -> noted("interrupted") == count);
      // The clock of the system is one for all processes.
      tookNanos.add(Long.parseLong(notes().get(2 * i - 1).split(" ", 3)[2]) - cancelled);
    }
    tookNanos.sort(null);
    assertThat(Duration.ofNanos(tookNanos.get(4))).isLessThan(Duration.ofMillis(50));
  }

  @Test
  @Order(5)
  void theEndOfACallerInterruptsItsRuns() throws Exception {
    Pools other = nodes.caller();
    Nodes.awaitWorkers(other, 2);
    Task<Long> task =
        new AsyncRenderer(new Renderer(), other).hold(log.toString(), goOn.toString());
    Nodes.await(() -> noted("begun") == 1);

    other.shutdownNow();

    Nodes.await(() -> noted("interrupted") == 1);
    assertThat(task).isCancelled();
  }

  @Test
  @Order(6)
  void noCallIsLostWhenANodeIsConnectedAnew() throws Exception {
    long before = pools.pool("render").stats().workersStarted();
    client.getConnectionManager().getActiveConnections().iterator().next().close("a test", null);

    Nodes.await(
        () -> {
          List<Task<Integer>> tasks = new ArrayList<>();
          for (int i = 0; i < 4; i++) { // As many as there are places, so that each node has some.
            tasks.add(renderer.nap(20));
          }
          tasks.forEach(each -> assertThat(each.join()).isEqualTo(20));
          return pools.pool("render").stats().workersStarted() > before;
        });
  }

  @Test
  @Order(7)
  void aNodeOfAnotherBuildGetsNothing() throws Exception {
    Path other = folder.resolve("other/META-INF/poolwright");
    Files.createDirectories(other);
    Files.writeString(other.resolve("proxies"), "some.other.AsyncProxy\n");
    TestNode foreign = nodes.start(folder.resolve("other").toString(), 2).awaitReady();
    List<Task<Long>> tasks = held(6);
    Nodes.await(() -> noted("begun") == 4);
    goOn();

    for (Task<Long> each : tasks) {
      assertThat(each.get(30, TimeUnit.SECONDS)).isIn(first.pid(), second.pid());
    }
    foreign.signal("TERM");
    assertThat(foreign.exitCode()).isZero();
  }

  @Test
  @Order(8)
  void aNodeThatIsToldToEndFinishesWhatItHasAndExitsWithZero() throws Exception {
    List<Task<Long>> tasks = held(6);
    Nodes.await(() -> noted("begun") == 4);

    second.signal("TERM");
    Nodes.await(() -> second.output().contains("DRAINING"));
    goOn();

    Set<Long> pids = new HashSet<>();
    for (Task<Long> each : tasks) {
      pids.add(each.get(30, TimeUnit.SECONDS));
    }
    assertThat(pids).as("what ran there was answered").contains(second.pid());
    assertThat(second.exitCode()).isZero();
  }

  @Test
  @Order(9)
  void whatRanOnAKilledNodeFailsAndWhatWaitedRunsOnTheNext() throws Exception {
    List<Task<Long>> tasks = held(4);
    Nodes.await(() -> noted("begun") == 2);
    long killed = System.nanoTime();

    first.signal("KILL");
    Nodes.await(() -> tasks.stream().filter(Task::isDone).count() == 2);
    assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(Duration.ofSeconds(1));

    List<Task<Long>> lost = tasks.stream().filter(Task::isDone).toList();

    second = nodes.start(1).awaitReady();
    goOn();
    for (Task<Long> each : tasks) {
      if (lost.contains(each)) {
        assertThatThrownBy(each::join).hasCauseInstanceOf(WorkerLostException.class);
      } else {
        assertThat(each.get(30, TimeUnit.SECONDS)).isEqualTo(second.pid());
      }
    }
    assertThat(noted("begun")).as("what may have run runs nowhere else").isEqualTo(4);
  }

  @Test
  @Order(10)
  void aCallerWithoutTheSecretRunsNothing() throws Exception {
    Path wrong = folder.resolve("wrong");
    Files.writeString(wrong, "another secret of the same length");
    Queue<String> warnings = new ConcurrentLinkedQueue<>();
    Logger logger = Logger.getLogger("dev.poolwright");
    Handler handler = listening(warnings);
    logger.addHandler(handler);
    Pools rogue =
        nodes.caller(
            ClusterPoolConfig.named("render").noWorkerTimeout(Duration.ofSeconds(4)), wrong);

    assertThatThrownBy(
            () ->
                new AsyncRenderer(new Renderer(), rogue)
                    .fail(log.toString())
                    .get(30, TimeUnit.SECONDS))
        .hasMessageContaining("did not run");
    logger.removeHandler(handler);
    assertThat(notes()).isEmpty();
    assertThat(second.output()).contains("refused what did not come from a caller with the secret");
    assertThat(warnings)
        .filteredOn(line -> line.contains("did not accept our greeting"))
        .doesNotHaveDuplicates()
        .isNotEmpty();
  }

  @Test
  @Order(11)
  void aSecondSignalHaltsANodeThatDrains() throws Exception {
    Task<Long> task = held(1).get(0);
    Nodes.await(() -> noted("begun") == 1);
    second.signal("TERM");
    Nodes.await(() -> second.output().contains("DRAINING"));

    second.signal("TERM");

    assertThat(second.exitCode()).isEqualTo(1);
    assertThatThrownBy(() -> task.get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(WorkerLostException.class);
  }

  private static Handler listening(Queue<String> warnings) {
    return new Handler() {
      @Override
      public void publish(LogRecord line) {
        if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
          warnings.add(line.getMessage());
        }
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }
}
