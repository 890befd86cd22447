package dev.poolwright.hazelcast;

import dev.poolwright.ClusterPoolConfig;
import dev.poolwright.Pools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A cluster of node JVMs on loopback, and callers of it. */
final class Nodes implements AutoCloseable {
  final String cluster;
  private final Path secret;
  private final List<Integer> ports = new ArrayList<>();
  private final List<TestNode> started = new ArrayList<>();
  private final List<Pools> opened = new ArrayList<>();

  /** None yet; each has a free port, and knows the others'. */
  Nodes(Path folder, int count) throws IOException {
    this("test-" + UUID.randomUUID(), folder, count);
  }

  Nodes(String cluster, Path folder, int count) throws IOException {
    this.cluster = cluster;
    secret = folder.resolve("secret");
    Files.writeString(secret, UUID.randomUUID() + "\n");
    for (int i = 0; i < count; i++) {
      ports.add(TestNode.freePort());
    }
  }

  private String addresses() {
    return String.join(",", ports.stream().map(port -> "127.0.0.1:" + port).toList());
  }

  /** Starts one of them. */
  TestNode start(int number, String... more) throws IOException {
    return start("", number, more);
  }

  TestNode start(String classPath, int number, String... more) throws IOException {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--cluster",
                cluster,
                "--bind",
                "127.0.0.1:" + ports.get(number),
                "--join",
                addresses(),
                "--secret-file",
                secret.toString()));
    options.addAll(List.of(more));
    if (more.length == 0) {
      options.addAll(List.of("--pool", "render=2"));
    }
    // A node that stops answering is lost after this; a cluster that forms does not wait for more.
    List<String> jvm =
        List.of(
            "-Dhazelcast.max.no.heartbeat.seconds=5",
            "-Dhazelcast.max.wait.seconds.before.join=1",
            "-Dhazelcast.wait.seconds.before.join=0");
    TestNode node = TestNode.start(classPath, jvm, options);
    started.add(node);
    return node;
  }

  /** A caller, in this JVM. */
  Pools caller() {
    return caller(ClusterPoolConfig.named("render"));
  }

  Pools caller(ClusterPoolConfig config) {
    return caller(config, secret);
  }

  /** Has callers of this JVM find the nodes. */
  void showCallers(Path itsSecret) {
    System.setProperty("poolwright.cluster." + cluster + ".members", addresses());
    System.setProperty("poolwright.cluster." + cluster + ".secret-file", itsSecret.toString());
  }

  Pools caller(ClusterPoolConfig config, Path itsSecret) {
    showCallers(itsSecret);
    Pools pools = Pools.builder().pool(config.cluster(cluster)).build();
    opened.add(pools);
    return pools;
  }

  String address(int number) {
    return "127.0.0.1:" + ports.get(number);
  }

  Path secret() {
    return secret;
  }

  /** Waits until as many nodes take calls. */
  static void awaitWorkers(Pools pools, long count) {
    await(() -> pools.pool("render").stats().workersStarted() >= count);
  }

  /** Waits for what another JVM does. */
  static void await(BooleanSupplier isSo) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!isSo.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("it did not come in time");
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Override
  public void close() {
    opened.forEach(Pools::shutdownNow);
    opened.forEach(Pools::close);
    started.forEach(TestNode::close);
    System.clearProperty("poolwright.cluster." + cluster + ".members");
    System.clearProperty("poolwright.cluster." + cluster + ".secret-file");
  }
}
