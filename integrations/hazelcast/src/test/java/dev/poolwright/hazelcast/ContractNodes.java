package dev.poolwright.hazelcast;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Two nodes that run the pools of the contract tests, as cluster {@code contract}. */
public final class ContractNodes implements AutoCloseable {
  private static final String OTHER_POOL = "poolwright.pools.render.kind";

  private static final String LOGGING = "hazelcast.logging.type";

  private final Path folder = Files.createTempDirectory("contract");
  private final Nodes nodes = new Nodes("contract", folder, 2);

  /** Started when made. */
  public ContractNodes() throws IOException, InterruptedException {
    String[] pools = {"--pool", "io=4", "--pool", "cpu=4", "--pool", "db=4", "--pool", "other=4"};
    TestNode first = nodes.start(0, pools);
    TestNode second = nodes.start(1, pools);
    first.awaitReady();
    second.awaitReady();
    nodes.showCallers(nodes.secret());
    System.setProperty(OTHER_POOL, "thread"); // Declared by other tests; it needs no client here.
    // Some tests have loggers that throw: ours stand that, Hazelcast's need not.
    System.setProperty(LOGGING, "none");
  }

  @Override
  public void close() throws IOException {
    System.clearProperty(OTHER_POOL);
    System.clearProperty(LOGGING);
    nodes.close();
    Files.delete(nodes.secret());
    Files.delete(folder);
  }
}
