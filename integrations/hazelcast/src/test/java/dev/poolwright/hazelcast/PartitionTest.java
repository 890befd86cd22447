package dev.poolwright.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.poolwright.ClusterPoolConfig;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.WorkerLostException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node in a network of its own, whose cable is pulled and put back. Needs Linux and root. */
@Tag("slow")
@Timeout(120)
class PartitionTest {
  private static final String NAMESPACE = "poolwright-node";
  private static final String CABLE = "poolwright0";
  private static final String NODE = "10.231.77.2:5701";

  @TempDir Path folder;

  @BeforeEach
  void connect() throws Exception {
    assumeTrue(isDone("ip netns add " + NAMESPACE), "ip netns needs Linux and root");
    boolean isReady =
        isDone("ip link add " + CABLE + " type veth peer name poolwright1 netns " + NAMESPACE)
            && isDone("ip addr add 10.231.77.1/30 dev " + CABLE)
            && isDone("ip link set " + CABLE + " up")
            && isDone("ip -n " + NAMESPACE + " addr add 10.231.77.2/30 dev poolwright1")
            && isDone("ip -n " + NAMESPACE + " link set poolwright1 up")
            && isDone("ip -n " + NAMESPACE + " link set lo up");
    assumeTrue(isReady, "there can be no veth pair here");
  }

  @AfterEach
  void disconnect() throws Exception {
    boolean unused = isDone("ip link del " + CABLE);
    unused = isDone("ip netns del " + NAMESPACE);
  }

  private static boolean isDone(String command) throws InterruptedException {
    try {
      return new ProcessBuilder(command.split(" "))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false; // There is no such command.
    }
  }

  private long noted(Path log, String what) {
    try {
      return Files.exists(log)
          ? Files.readAllLines(log).stream().filter(each -> each.startsWith(what)).count()
          : 0;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatWasCutOffIsLostAndWhatWaitedRunsWhenTheCutIsHealed() throws Exception {
    String cluster = "test-" + UUID.randomUUID();
    Path secret = Files.writeString(folder.resolve("secret"), UUID.randomUUID() + "\n");
    Path log = folder.resolve("log");
    Path goOn = folder.resolve("go-on");
    System.setProperty("hazelcast.client.heartbeat.timeout", "3000");
    System.setProperty("poolwright.cluster." + cluster + ".members", NODE);
    System.setProperty("poolwright.cluster." + cluster + ".secret-file", secret.toString());
    List<String> options =
        List.of(
            "--cluster",
            cluster,
            "--pool",
            "render=1",
            "--bind",
            NODE,
            "--secret-file",
            secret.toString());
    List<String> launcher = List.of("ip", "netns", "exec", NAMESPACE);
    ClusterPoolConfig config =
        ClusterPoolConfig.named("render").cluster(cluster).noWorkerTimeout(Duration.ofMinutes(1));
    try (TestNode node = TestNode.start(launcher, "", List.of(), options).awaitReady();
        Pools pools = Pools.builder().pool(config).build()) {
      Nodes.awaitWorkers(pools, 1);
      AsyncRenderer renderer = new AsyncRenderer(new Renderer(), pools);
      Task<Long> cut = renderer.hold(log.toString(), goOn.toString());
      Nodes.await(() -> noted(log, "begun") == 1);

      assertThat(isDone("ip link set " + CABLE + " down")).isTrue();
      assertThatThrownBy(() -> cut.get(30, TimeUnit.SECONDS))
          .hasCauseInstanceOf(WorkerLostException.class);
      Task<Integer> waits = renderer.add(1, 2);
      Files.createFile(goOn);
      Nodes.await(() -> noted(log, "ended") + noted(log, "interrupted") == 1);
      assertThat(waits).isNotDone();
      assertThat(isDone("ip link set " + CABLE + " up")).isTrue();

      assertThat(waits.get(60, TimeUnit.SECONDS)).isEqualTo(3);
      assertThatThrownBy(cut::join).hasCauseInstanceOf(WorkerLostException.class);
      assertThat(noted(log, "begun")).isEqualTo(1);
      node.signal("TERM");
      assertThat(node.exitCode()).isZero();
    } finally {
      System.clearProperty("hazelcast.client.heartbeat.timeout");
      System.clearProperty("poolwright.cluster." + cluster + ".members");
      System.clearProperty("poolwright.cluster." + cluster + ".secret-file");
    }
  }
}
