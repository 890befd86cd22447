package dev.poolwright.internal.cluster;

import dev.poolwright.Pools;
import dev.poolwright.ThreadPoolConfig;
import dev.poolwright.spi.ClusterTransport;
import dev.poolwright.spi.ClusterWorker;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Nodes that are pools of this JVM, reached by a transport that does as it is told. */
public final class FakeCluster implements AutoCloseable {
  private static final Map<String, FakeCluster> ALL = new ConcurrentHashMap<>();

  private final String name;
  private final List<String> pools;
  private final List<Transport> transports = new CopyOnWriteArrayList<>();
  private final Map<String, FakeNode> nodes = new ConcurrentHashMap<>();
  private final List<FakeNode> all = new CopyOnWriteArrayList<>();

  /** An answer in the place of the node's, once each. */
  private final List<byte[]> answers = new ArrayList<>();

  private final List<Fault> faults = new ArrayList<>(); // Guarded by itself.

  /** When a send goes wrong. */
  enum When {
    /** It throws, and nothing was sent. */
    BEFORE,
    /** It throws, and the call runs. */
    AFTER,
    /** It returns, and there never is an answer. */
    LATER
  }

  /** What came to a node last. */
  volatile byte[] latest = {};

  volatile String latestCaller = "";

  private record Fault(When when, Throwable thrown) {}

  /** Without nodes. */
  public FakeCluster(String name, String... pools) {
    this.name = name;
    this.pools = List.of(pools);
    ALL.put(name, this);
  }

  /** Found by cluster pools of tests. */
  public static final class Provider implements ClusterTransport.Provider {
    @Override
    public ClusterTransport transport(String cluster, String pool, String caller) {
      FakeCluster found = ALL.get(cluster);
      if (found == null) {
        throw new IllegalArgumentException("there is no fake cluster \"" + cluster + "\"");
      }
      return found.new Transport(caller);
    }
  }

  /** A node. */
  public final class FakeNode {
    final String id;
    private final Pools local;
    final ClusterWorker worker;
    private final int places;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<CompletableFuture<byte[]>> open = new CopyOnWriteArrayList<>();
    volatile boolean isDead;
    private volatile @Nullable CountDownLatch lost;

    FakeNode(String id, int places) {
      this.id = id;
      this.places = places;
      Pools.Builder builder = Pools.builder();
      pools.forEach(each -> builder.pool(ThreadPoolConfig.named(each).maxWorkers(places)));
      this.local = builder.build();
      this.worker =
          ClusterWorker.of(
              local,
              pools.stream().collect(Collectors.toMap(each -> each, each -> places)),
              new ClusterWorker.Host() {
                @Override
                public void send(String caller, byte[] message) {
                  CountDownLatch silent = lost;
                  if (silent != null) {
                    silent.countDown();
                    return;
                  }
                  transports.forEach(each -> each.listener().message(id, message));
                }

                @Override
                public Object injected(Class<?> type) {
                  throw new IllegalStateException("no modules");
                }

                @Override
                public List<String> allow() {
                  return List.of();
                }
              });
    }

    /** As a kill: nothing comes back, and everybody is told. */
    void die() {
      isDead = true;
      nodes.remove(id);
      transports.forEach(each -> each.listener().down(id, "it was killed", true));
      open.forEach(each -> each.completeExceptionally(new IllegalStateException("target is gone")));
      local.shutdownNow();
    }

    /** From here on; counts down at the first. */
    CountDownLatch losesMessages() {
      CountDownLatch first = new CountDownLatch(1);
      lost = first;
      return first;
    }

    /** Comes to know a node that has other calls. */
    void isOfAnotherBuild() {
      transports.forEach(each -> each.listener().up(id, places, "another"));
    }

    /** Comes to be known as one that runs no calls of these pools. */
    void hasNoPool() {
      transports.forEach(each -> each.listener().up(id, 0, worker.fingerprint()));
    }

    private CompletionStage<byte[]> call(String caller, byte[] envelope) {
      latest = envelope;
      latestCaller = caller;
      CompletableFuture<byte[]> answer = new CompletableFuture<>();
      open.add(answer);
      threads.execute(
          () ->
              worker
                  .call(caller, envelope)
                  .answer()
                  .whenComplete(
                      (bytes, failure) -> {
                        open.removeIf(each -> each == answer);
                        if (!isDead) {
                          answer.complete(bytes);
                        }
                      }));
      return answer;
    }

    private void close() {
      local.shutdownNow();
      local.close();
      threads.shutdownNow();
    }
  }

  /** The caller's end. */
  private final class Transport implements ClusterTransport {
    private final String caller;
    private volatile @Nullable Listener listener;

    Transport(String caller) {
      this.caller = caller;
    }

    Listener listener() {
      Listener now = listener;
      if (now == null) {
        throw new IllegalStateException("not started");
      }
      return now;
    }

    @Override
    public void start(Listener workers) {
      listener = workers;
      transports.add(this);
      nodes.values().forEach(each -> workers.up(each.id, each.places, each.worker.fingerprint()));
    }

    @Override
    public CompletionStage<byte[]> send(String worker, byte[] envelope) {
      FakeNode node = nodes.get(worker);
      if (node == null) {
        return CompletableFuture.failedFuture(new NotSentException(worker + " is gone"));
      }
      Fault fault;
      synchronized (faults) {
        fault = faults.isEmpty() ? null : faults.remove(0);
      }
      if (fault != null) {
        return failed(fault, node, envelope);
      }
      synchronized (answers) {
        if (!answers.isEmpty()) {
          return CompletableFuture.completedFuture(answers.remove(0));
        }
      }
      return node.call(caller, envelope);
    }

    private CompletionStage<byte[]> failed(Fault fault, FakeNode node, byte[] envelope) {
      if (fault.when == When.AFTER) {
        CompletionStage<byte[]> unused = node.call(caller, envelope);
      }
      if (fault.when != When.LATER) {
        throw FakeCluster.<RuntimeException>sneaky(fault.thrown);
      }
      return CompletableFuture.failedFuture(fault.thrown);
    }

    @Override
    public void interrupt(String worker, String call) {
      FakeNode node = nodes.get(worker);
      if (node != null) {
        node.worker.interrupt(caller, call);
      }
    }

    @Override
    public void close() {
      transports.remove(this);
    }
  }

  /** A node comes. */
  public FakeNode node(String id, int places) {
    FakeNode node = new FakeNode(id, places);
    all.add(node);
    nodes.put(id, node);
    transports.forEach(each -> each.listener().up(id, places, node.worker.fingerprint()));
    return node;
  }

  /** A node that is there, and which nobody calls. */
  FakeNode foreignNode(String id) {
    FakeNode node = unknownNode(id);
    node.isOfAnotherBuild();
    return node;
  }

  /** A node of which nobody was told who is there. */
  FakeNode unknownNode(String id) {
    FakeNode node = new FakeNode(id, 1);
    all.add(node);
    nodes.put(id, node);
    return node;
  }

  /** What nodes answer next, in the place of what they would. */
  void answersNext(byte[]... next) {
    synchronized (answers) {
      answers.addAll(List.of(next));
    }
  }

  /** Whether those answers were given. */
  boolean hasAnswered() {
    synchronized (answers) {
      return answers.isEmpty();
    }
  }

  /** So many sends go wrong from here on. */
  void failsNext(int count, When when, Throwable thrown) {
    synchronized (faults) {
      faults.addAll(Collections.nCopies(count, new Fault(when, thrown)));
    }
  }

  /** Whether none goes wrong any more. */
  boolean hasFailed() {
    synchronized (faults) {
      return faults.isEmpty();
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> E sneaky(Throwable thrown) throws E {
    throw (E) thrown;
  }

  @Override
  public void close() {
    ALL.remove(name);
    all.forEach(FakeNode::close);
  }
}
