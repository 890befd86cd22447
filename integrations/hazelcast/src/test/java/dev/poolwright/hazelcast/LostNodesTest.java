package dev.poolwright.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.ClusterPoolConfig;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.TaskTimeoutException;
import dev.poolwright.WorkerLostException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes and callers that go without having said so. */
@Timeout(120)
class LostNodesTest {
  @TempDir Path folder;

  private Nodes nodes;
  private Path log;
  private Path goOn;

  @BeforeEach
  void start() throws IOException {
    nodes = new Nodes(folder, 2);
    log = folder.resolve("log");
    goOn = folder.resolve("go-on");
  }

  @AfterEach
  void end() {
    nodes.close();
  }

  private long noted(String what) {
    try {
      return Files.exists(log)
          ? Files.readAllLines(log).stream().filter(each -> each.startsWith(what)).count()
          : 0;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<Task<Long>> held(AsyncRenderer renderer, int count) {
    List<Task<Long>> tasks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tasks.add(renderer.hold(log.toString(), goOn.toString()));
    }
    return tasks;
  }

  @Test
  void withRetriesAllEndThoughANodeIsKilled() throws Exception {
    TestNode first = nodes.start(0);
    TestNode second = nodes.start(1).awaitReady();
    first.awaitReady();
    Pools pools = nodes.caller(ClusterPoolConfig.named("render").retries(2));
    Nodes.awaitWorkers(pools, 2);
    List<Task<Long>> tasks = held(new AsyncRenderer(new Renderer(), pools), 8);
    Nodes.await(() -> noted("begun") == 4);

    first.signal("KILL");
    Files.createFile(goOn);

    for (Task<Long> each : tasks) {
      assertThat(each.get(30, TimeUnit.SECONDS)).isEqualTo(second.pid());
    }
    assertThat(noted("begun")).as("two of them twice").isEqualTo(10);
  }

  @Test
  @Tag("slow")
  void aLimitKillsARunThatGoesOnInAWorkerJvmOfANode() throws Exception {
    nodes.start(0, "--pool", "render=1:process").awaitReady();
    Duration limit = Duration.ofSeconds(2);
    Pools pools = nodes.caller(ClusterPoolConfig.named("render").timeout(limit));
    Nodes.awaitWorkers(pools, 1);
    AsyncRenderer renderer = new AsyncRenderer(new Renderer(), pools);
    long warm = renderer.pid().get(60, TimeUnit.SECONDS);

    Task<Long> task = renderer.spin(log.toString());

    assertThatThrownBy(() -> task.get(60, TimeUnit.SECONDS))
        .hasCauseInstanceOf(TaskTimeoutException.class);
    assertThat(Files.readString(log)).isEqualTo("begun " + warm + '\n');
    Nodes.await(() -> ProcessHandle.of(warm).isEmpty());
  }

  @Test
  void aWorkerJvmOfANodeThatIsKilledCountsAsLostToo() throws Exception {
    nodes.start(0, "--pool", "render=1:process").awaitReady();
    Pools pools = nodes.caller(ClusterPoolConfig.named("render").retries(1));
    Nodes.awaitWorkers(pools, 1);
    Task<Long> task = held(new AsyncRenderer(new Renderer(), pools), 1).get(0);
    Nodes.await(() -> noted("begun") == 1);
    long first = Long.parseLong(Files.readString(log).strip().split(" ", 2)[1]);

    ProcessHandle.of(first).orElseThrow().destroyForcibly();
    Files.createFile(goOn);

    assertThat(task.get(60, TimeUnit.SECONDS)).isNotEqualTo(first);
    assertThat(noted("begun")).isEqualTo(2);
  }

  @Test
  void theRunsOfAKilledCallerAreInterrupted() throws Exception {
    nodes.start(0).awaitReady();
    Process caller =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-Dpoolwright.cluster." + nodes.cluster + ".members=" + nodes.address(0),
                "-Dpoolwright.cluster." + nodes.cluster + ".secret-file=" + nodes.secret(),
                "-cp",
                System.getProperty("java.class.path"),
                LoneCaller.class.getName(),
                nodes.cluster,
                log.toString(),
                goOn.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("caller").toFile())
            .start();
    try {
      Nodes.await(() -> noted("begun") == 1);
    } finally {
      caller.destroyForcibly().waitFor();
    }

    Nodes.await(() -> noted("interrupted") == 1);
  }

  @Test
  @Tag("slow")
  void theAnswerOfANodeThatWasFrozenTooLongIsDropped() throws Exception {
    TestNode node = nodes.start(0).awaitReady();
    System.setProperty("hazelcast.client.heartbeat.timeout", "3000");
    try {
      Pools pools = nodes.caller();
      Nodes.awaitWorkers(pools, 1);
      AsyncRenderer renderer = new AsyncRenderer(new Renderer(), pools);
      Task<Long> task = held(renderer, 1).get(0);
      Nodes.await(() -> noted("begun") == 1);

      node.signal("STOP");
      assertThatThrownBy(() -> task.get(30, TimeUnit.SECONDS))
          .hasCauseInstanceOf(WorkerLostException.class);
      Files.createFile(goOn);
      node.signal("CONT");

      Nodes.await(() -> noted("ended") + noted("interrupted") == 1);
      assertThat(renderer.pid().get(30, TimeUnit.SECONDS)).as("it is back").isEqualTo(node.pid());
      assertThatThrownBy(task::join).hasCauseInstanceOf(WorkerLostException.class);
      assertThat(noted("begun")).isEqualTo(1);
    } finally {
      System.clearProperty("hazelcast.client.heartbeat.timeout");
    }
  }

  @Test
  @Tag("slow")
  void workGoesOnWhenTheOnlyNodeDiesAndAnotherComes() throws Exception {
    TestNode first = nodes.start(0).awaitReady();
    Pools pools = nodes.caller();
    Nodes.awaitWorkers(pools, 1);
    AsyncRenderer renderer = new AsyncRenderer(new Renderer(), pools);
    assertThat(renderer.pid().get(30, TimeUnit.SECONDS)).isEqualTo(first.pid());
    first.signal("KILL");
    assertThat(first.exitCode()).isEqualTo(137);
    Nodes.await(() -> pools.pool("render").stats().workersCrashed() == 1);

    Task<Long> waits = renderer.pid();
    TestNode second = nodes.start(1).awaitReady();

    assertThat(waits.get(30, TimeUnit.SECONDS)).isEqualTo(second.pid());
  }
}
