package dev.poolwright.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Somebody who reaches the port of a node, and has its classes, but not the secret. */
@Timeout(60)
class RogueClientTest {
  @TempDir static Path folder;

  private static Nodes nodes;
  private static TestNode node;
  private static HazelcastInstance client;

  private final Path mark = folder.resolve("mark-" + System.nanoTime());

  /** Java's serialization. */
  static final class JavaWork implements Callable<String>, Serializable {
    private static final long serialVersionUID = 1;
    private final String mark;

    JavaWork(String mark) {
      this.mark = mark;
    }

    @Override
    public String call() throws Exception {
      return Files.createFile(Path.of(mark)).toString();
    }
  }

  /** Hazelcast's compact serialization, which takes any class without having been asked to. */
  static final class CompactWork implements Callable<String> {
    String mark = "";

    @Override
    public String call() throws Exception {
      return Files.createFile(Path.of(mark)).toString();
    }
  }

  @BeforeAll
  static void start() throws Exception {
    nodes = new Nodes(folder, 1);
    node = nodes.start(0).awaitReady();
    ClientConfig config = new ClientConfig();
    config.setClusterName(nodes.cluster);
    config.getNetworkConfig().addAddress(nodes.address(0));
    HazelcastSettings.quiet(config::setProperty);
    config
        .getSerializationConfig()
        .addDataSerializableFactory(NodeMessage.FACTORY, NodeMessage.factory());
    client = HazelcastClient.newHazelcastClient(config);
  }

  @AfterAll
  static void end() {
    client.shutdown();
    nodes.close();
  }

  private static Member member() {
    return client.getCluster().getMembers().iterator().next();
  }

  private void refuses(Callable<?> work, String why) {
    for (String executor :
        new String[] {HazelcastSettings.CALLS, HazelcastSettings.ORDERS, "another"}) {
      Future<?> outcome = client.getExecutorService(executor).submitToMember(work, member());
      assertThatThrownBy(() -> outcome.get(30, TimeUnit.SECONDS)).hasMessageContaining(why);
    }
    assertThat(mark).doesNotExist();
  }

  @Test
  void runsNoJavaObject() {
    refuses(new JavaWork(mark.toString()), "JavaWork");
  }

  @Test
  void runsNoCompactObject() {
    CompactWork work = new CompactWork();
    work.mark = mark.toString();

    refuses(work, "GenericRecord");
  }

  @Test
  void runsNoForgedBytes() throws Exception {
    byte[] made = new byte[200];
    Seal own = new Seal("a secret of somebody else".getBytes(StandardCharsets.UTF_8));
    byte[] session = own.newSession();
    byte[] sealed = own.close(Seal.Kind.CALL, session, "run this".getBytes(StandardCharsets.UTF_8));
    for (Seal.Kind kind : Seal.Kind.values()) {
      for (byte[] each : new byte[][] {{}, made, sealed}) {
        byte[] answer =
            client
                .getExecutorService(HazelcastSettings.CALLS)
                .submitToMember(new NodeMessage(kind, each), member())
                .get(30, TimeUnit.SECONDS);
        assertThat(answer).as("%s of %s bytes", kind, each.length).isEmpty();
      }
    }
    assertThat(node.output()).contains("refused what did not come from a caller with the secret");
  }
}
