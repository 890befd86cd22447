package dev.poolwright.hazelcast;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IExecutorService;
import dev.poolwright.Batch;
import dev.poolwright.ClusterPoolConfig;
import dev.poolwright.MapOption;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;

/**
 * Measures cluster pools on two nodes of this machine beside Hazelcast's own executor on the same
 * nodes, turn by turn, and prints {@code name: value unit}.
 */
public final class ClusterFigures {
  private static final int CALLS = 10_000;
  private static final int TURNS = 5;

  /** One alone would be over before the JVMs are warm. */
  private static final int BATCHES = 20;

  /** As many calls of the executor are on their way at once as the nodes have places. */
  private static final int PLACES = 4;

  private static Path folder;
  private static Nodes nodes;

  private ClusterFigures() {}

  /** Takes nothing. */
  public static void main(String... args) throws Exception {
    System.setProperty("hazelcast.logging.type", "none");
    folder = Files.createTempDirectory("figures");
    nodes = new Nodes(folder, 2);
    try {
      long start = System.nanoTime();
      nodes.start(0).awaitReady();
      print("start of a node", (System.nanoTime() - start) / 1e6, "ms");
      nodes.start(1).awaitReady();
      try (Pools pools = nodes.caller()) {
        Nodes.awaitWorkers(pools, 2);
        AsyncRenderer renderer = new AsyncRenderer(new Renderer(), pools);
        compare(renderer);
        cancel(renderer);
      }
      fairness();
      loss();
    } finally {
      nodes.close();
    }
  }

  private static void print(String name, double value, String unit) {
    System.out.printf(java.util.Locale.ROOT, "%s: %.2f %s%n", name, value, unit);
  }

  // ---- throughput

  private static void compare(AsyncRenderer renderer) throws Exception {
    HazelcastInstance client = client();
    try {
      List<Double> single = new ArrayList<>();
      List<Double> executor = new ArrayList<>();
      List<Double> chunks = new ArrayList<>();
      List<Double> executorChunks = new ArrayList<>();
      List<Double> unbounded = new ArrayList<>();
      for (int turn = -1; turn < TURNS; turn++) { // The first warms up.
        double[] took = {
          millis(() -> calls(renderer)),
          millis(() -> executor(client, CALLS, 1, PLACES)),
          millis(
              () -> {
                for (int i = 0; i < BATCHES; i++) {
                  batch(renderer);
                }
              }),
          millis(() -> executor(client, BATCHES * CALLS / 100, 100, PLACES)),
          millis(() -> executor(client, CALLS, 1, CALLS))
        };
        if (turn >= 0) {
          single.add(took[0]);
          executor.add(took[1]);
          chunks.add(took[2] / BATCHES);
          executorChunks.add(took[3] / BATCHES);
          unbounded.add(took[4]);
        }
      }
      print("10,000 calls", median(single), "ms");
      print("10,000 calls of Hazelcast's executor", median(executor), "ms");
      print("ratio of calls", median(single) / median(executor), "times");
      print("10,000 calls of it without a bound", median(unbounded), "ms");
      print("10,000 calls in chunks of 100", median(chunks), "ms");
      print("the same of Hazelcast's executor", median(executorChunks), "ms");
      print("ratio of chunks", median(chunks) / median(executorChunks), "times");
    } finally {
      client.shutdown();
    }
  }

  private static HazelcastInstance client() {
    ClientConfig config = new ClientConfig();
    config.setClusterName(nodes.cluster);
    config.getNetworkConfig().addAddress(nodes.address(0), nodes.address(1));
    HazelcastSettings.quiet(config::setProperty);
    return HazelcastClient.newHazelcastClient(config);
  }

  /** Work of the test. */
  interface Work {
    void run() throws Exception;
  }

  private static double millis(Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e6;
  }

  private static double median(List<Double> values) {
    Collections.sort(values);
    return values.get(values.size() / 2);
  }

  private static void calls(AsyncRenderer renderer) {
    List<Task<Integer>> tasks = new ArrayList<>(CALLS);
    for (int i = 0; i < CALLS; i++) {
      tasks.add(renderer.add(i, 1));
    }
    tasks.forEach(Task::join);
  }

  private static void batch(AsyncRenderer renderer) {
    List<Integer> inputs = Collections.nCopies(CALLS, 1);
    try (Batch<Integer> batch = renderer.addAll(inputs, inputs, MapOption.chunkSize(100))) {
      batch.forEach(each -> {});
    }
  }

  /** As somebody would write it who knows the members and the places: no more on their way. */
  @SuppressWarnings("unchecked") // Hazelcast's own futures are stages.
  private static void executor(HazelcastInstance client, int calls, int count, int atOnce)
      throws Exception {
    IExecutorService service = client.getExecutorService(HazelcastSettings.CALLS);
    List<Member> members = new ArrayList<>(client.getCluster().getMembers());
    Semaphore places = new Semaphore(atOnce);
    CountDownLatch left = new CountDownLatch(calls);
    for (int i = 0; i < calls; i++) {
      places.acquire();
      Future<int[]> asked =
          service.submitToMember(new TinyWork(count), members.get(i % members.size()));
      var unused =
          ((java.util.concurrent.CompletionStage<int[]>) asked)
              .whenCompleteAsync(
                  (value, failure) -> {
                    places.release();
                    left.countDown();
                  },
                  Runnable::run);
    }
    left.await();
  }

  // ---- what comes in between

  private static void cancel(AsyncRenderer renderer) throws Exception {
    List<Double> took = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Path log = folder.resolve("cancel-" + i);
      Task<Long> task = renderer.hold(log.toString(), folder.resolve("never").toString());
      Nodes.await(() -> Files.exists(log));
      long start = System.nanoTime();
      task.cancel(true);
      Nodes.await(() -> lines(log).stream().anyMatch(each -> each.startsWith("interrupted")));
      took.add((Long.parseLong(lines(log).get(1).split(" ", 3)[2]) - start) / 1e6);
    }
    print("cancel until the interrupt", median(took), "ms");
    print("longest of twenty", Collections.max(took), "ms");
  }

  private static List<String> lines(Path log) {
    try {
      return Files.readAllLines(log);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void fairness() throws Exception {
    AtomicLong[] done = {new AtomicLong(), new AtomicLong(), new AtomicLong()};
    List<Thread> threads = new ArrayList<>();
    long end = System.nanoTime() + 5_000_000_000L;
    IntConsumer calls =
        caller -> {
          try (Pools pools = nodes.caller(ClusterPoolConfig.named("render").queueCapacity(16))) {
            Nodes.awaitWorkers(pools, 2);
            AsyncRenderer renderer = new AsyncRenderer(new Renderer(), pools);
            while (System.nanoTime() - end < 0) {
              renderer.nap(2).thenRun(done[caller]::incrementAndGet);
            }
            pools.shutdownNow();
          }
        };
    for (int i = 0; i < 3; i++) {
      int caller = i;
      threads.add(new Thread(() -> calls.accept(caller), "caller-" + i));
    }
    threads.forEach(Thread::start);
    for (Thread each : threads) {
      each.join();
    }
    long most = 0;
    long least = Long.MAX_VALUE;
    for (AtomicLong each : done) {
      most = Math.max(most, each.get());
      least = Math.min(least, each.get());
    }
    print("calls of three callers in 5 s, most", (double) most, "calls");
    print("calls of three callers in 5 s, least", (double) least, "calls");
    print("share of three callers", (double) most / least, "times");
  }

  private static void loss() throws Exception {
    Nodes other = new Nodes(Files.createTempDirectory("figures"), 2);
    try {
      TestNode first = other.start(0).awaitReady();
      other.start(1).awaitReady();
      Pools pools = other.caller();
      Nodes.awaitWorkers(pools, 2);
      AsyncRenderer renderer = new AsyncRenderer(new Renderer(), pools);
      Path log = folder.resolve("loss");
      List<Task<Long>> tasks = new ArrayList<>();
      for (int i = 0; i < PLACES; i++) {
        tasks.add(renderer.hold(log.toString(), folder.resolve("never").toString()));
      }
      Nodes.await(() -> Files.exists(log) && lines(log).size() == PLACES);
      long start = System.nanoTime();
      first.signal("KILL");
      Nodes.await(() -> tasks.stream().filter(Task::isDone).count() == 2);
      print("kill -9 until its calls fail", (System.nanoTime() - start) / 1e6, "ms");
      pools.shutdownNow();
    } finally {
      other.close();
    }
  }
}
