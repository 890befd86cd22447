package dev.poolwright.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.core.HazelcastInstance;
import dev.poolwright.ClusterPoolConfig;
import dev.poolwright.Pools;
import dev.poolwright.internal.LogLines;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pools of one cluster share what connects them. */
@Timeout(60)
class ClusterClientTest {
  @TempDir static Path folder;

  private Nodes nodes;
  private TestNode node;

  @BeforeEach
  void start() throws Exception {
    nodes = new Nodes(folder, 1);
    node = nodes.start(0, "--pool", "render=2", "--pool", "io=2").awaitReady();
    nodes.showCallers(nodes.secret());
  }

  @AfterEach
  void end() throws Exception {
    nodes.close();
  }

  private ClusterPoolConfig pool(String name) {
    return ClusterPoolConfig.named(name).cluster(nodes.cluster);
  }

  private static int clients() {
    return HazelcastClient.getAllHazelcastClients().size();
  }

  @Test
  void oneClientServesAllAndANodeKnowsWhichPoolHasEnded() throws Exception {
    int before = clients();
    try (Pools pools = Pools.builder().pool(pool("render")).pool(pool("io")).build()) {
      assertThat(pools.pool("render").submit(() -> 1).join()).isEqualTo(1);
      assertThat(pools.pool("io").submit(() -> 2).join()).isEqualTo(2);
      assertThat(clients()).isEqualTo(before + 1);

      pools.pool("io").close();
      assertThat(pools.pool("render").submit(() -> 3).join()).as("it goes on").isEqualTo(3);
      awaitOneTopic(); // A node would wait for the goodbye of a pool that it believes to be there.
      node.signal("TERM");
      assertThat(node.exitCode()).isZero();
    }
    assertThat(clients()).isEqualTo(before);
  }

  /** A client that has just connected, or just ended, may not be able to send for a moment. */
  @Test
  void nothingIsSaidOfPoolsThatComeAndGo() throws Exception {
    try (LogLines log = new LogLines()) {
      for (int i = 0; i < 30; i++) {
        try (Pools pools = Pools.builder().pool(pool("render")).build()) {
          if (i % 2 == 0) {
            assertThat(pools.pool("render").submit(() -> 7).join()).isEqualTo(7);
          } else {
            var unused = pools.pool("render").submit(() -> 7).cancel(true);
          }
        }
      }
      assertThat(log.lines()).isEmpty();
    }
    try (Pools pools = Pools.builder().pool(pool("render")).build()) {
      assertThat(pools.pool("render").submit(() -> 7).join()).isEqualTo(7);
      awaitOneTopic();
    }
  }

  /** A node has one for each caller that it knows, and forgets those of others. */
  private void awaitOneTopic() {
    HazelcastInstance client =
        HazelcastClient.getAllHazelcastClients().stream()
            .filter(each -> each.getName().contains(nodes.cluster))
            .findFirst()
            .orElseThrow();
    Nodes.await(
        () ->
            client.getDistributedObjects().stream()
                    .filter(each -> each.getName().startsWith(HazelcastSettings.TOPIC))
                    .count()
                == 1);
  }
}
