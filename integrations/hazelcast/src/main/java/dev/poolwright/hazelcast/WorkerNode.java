package dev.poolwright.hazelcast;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.hazelcast.client.Client;
import com.hazelcast.client.ClientListener;
import com.hazelcast.config.Config;
import com.hazelcast.config.ExecutorConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.spi.impl.NodeEngine;
import com.hazelcast.spi.impl.proxyservice.InternalProxyService;
import com.hazelcast.topic.impl.TopicService;
import dev.poolwright.Pools;
import dev.poolwright.ThreadPoolConfig;
import dev.poolwright.spi.ClusterWorker;
import dev.poolwright.spi.PoolCatalogue;
import java.lang.System.Logger.Level;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JVM that runs calls of cluster pools: a member of a Hazelcast cluster with the classes of the
 * application.
 *
 * <p><b>Threads:</b> thread-safe.
 */
public final class WorkerNode implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("dev.poolwright");

  /** Those that refuse calls while all others wait for outcomes. */
  private static final int SPARE_THREADS = 4;

  /** How long a caller may take to tell that it has all its answers. */
  private static final long GOODBYE_MILLIS = 5_000;

  private final NodeOptions options;
  private final Pools pools;
  private final ClusterWorker worker;
  private final NodeServer server;
  private final Host host;
  private final HazelcastInstance member;

  @GuardedBy("this")
  private boolean isClosed;

  private WorkerNode(
      NodeOptions options,
      Pools pools,
      ClusterWorker worker,
      NodeServer server,
      Host host,
      HazelcastInstance member) {
    this.options = options;
    this.pools = pools;
    this.worker = worker;
    this.server = server;
    this.host = host;
    this.member = member;
  }

  /**
   * Starts a worker node in this JVM. From then on the pools named in the arguments run the calls
   * that the node receives. It configures these pools by system properties, so a JVM can have only
   * one node.
   *
   * @param args arguments as for {@link #main}
   * @return a running node, to be closed
   * @throws IllegalArgumentException if the arguments are invalid; the message says what to do
   */
  public static WorkerNode start(String... args) {
    try {
      return start(NodeOptions.parse(System::getenv, args));
    } catch (NodeOptions.UsageException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  static WorkerNode start(NodeOptions options) {
    options.modules().forEach(WorkerNode::find);
    System.setProperty(ClusterWorker.NODE_PROPERTY, "true");
    options
        .pools()
        .forEach(
            (name, pool) -> {
              set(name, "kind", pool.kind());
              set(name, "max-workers", Integer.toString(pool.places()));
              // What waits is bounded by what the node takes, which is twice its places.
              set(name, "queue-capacity", Integer.toString(Integer.MAX_VALUE));
            });
    Pools.Builder builder = Pools.builder().exitHook(false);
    undeclared(options).forEach(name -> builder.pool(ThreadPoolConfig.named(name)));
    Pools pools = builder.build();
    try {
      Host host = new Host(options);
      ClusterWorker worker = ClusterWorker.of(pools, options.places(), host);
      NodeServer server = new NodeServer(worker, options.places(), new Seal(options.secret()));
      Config config = config(options);
      config.getUserContext().put(NodeMessage.SERVER, server);
      HazelcastInstance member = Hazelcast.newHazelcastInstance(config);
      host.serves(member, server);
      return new WorkerNode(options, pools, worker, server, host, member);
    } catch (RuntimeException | Error e) {
      pools.shutdownNow();
      throw e;
    }
  }

  /** The modules are made when a call first needs them; that they are there is looked at now. */
  private static void find(String module) {
    try {
      Object unused = Class.forName(module, false, Thread.currentThread().getContextClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      throw new IllegalArgumentException("--modules " + module + " is no class here: " + e, e);
    }
  }

  /** Those that the application declares in code alone, which does not run here. */
  private static Set<String> undeclared(NodeOptions options) {
    Set<String> names = new LinkedHashSet<>(options.pools().keySet());
    for (PoolCatalogue each :
        ServiceLoader.load(PoolCatalogue.class, Thread.currentThread().getContextClassLoader())) {
      each.declarations().forEach(declared -> names.remove(declared.config().name()));
    }
    names.remove("default"); // Is always there.
    return names;
  }

  private static void set(String pool, String key, String value) {
    System.setProperty("poolwright.pools." + pool + '.' + key, value);
  }

  static Config config(NodeOptions options) {
    Config config = new Config();
    config.setClusterName(options.cluster());
    config.setLiteMember(true);
    config.setClassLoader(Thread.currentThread().getContextClassLoader());
    config.getJetConfig().setEnabled(false);
    HazelcastSettings.close(config.getSerializationConfig());
    HazelcastSettings.quiet(config::setProperty);
    HazelcastSettings.set(config::setProperty, "hazelcast.socket.bind.any", "false");
    HazelcastSettings.set(config::setProperty, "hazelcast.heartbeat.interval.seconds", "1");
    HazelcastSettings.set(config::setProperty, "hazelcast.max.no.heartbeat.seconds", "10");
    HazelcastSettings.set(config::setProperty, "hazelcast.client.max.no.heartbeat.seconds", "10");
    int taken = 2 * options.places().values().stream().mapToInt(Integer::intValue).sum();
    config.addExecutorConfig(
        new ExecutorConfig(HazelcastSettings.CALLS, taken + SPARE_THREADS)
            .setStatisticsEnabled(false));
    config.addExecutorConfig(
        new ExecutorConfig(HazelcastSettings.ORDERS, 2).setStatisticsEnabled(false));
    join(config.getNetworkConfig(), options);
    return config;
  }

  private static void join(NetworkConfig network, NodeOptions options) {
    String host = Addresses.host(options.bind());
    network.setPort(Addresses.port(options.bind(), 0)).setPortAutoIncrement(false);
    network.getInterfaces().setEnabled(true).addInterface(host);
    JoinConfig join = network.getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    Addresses.lookFor(
        Addresses.list(options.join()),
        join.getKubernetesConfig(),
        nodes -> join.getTcpIpConfig().setEnabled(true).setMembers(nodes));
  }

  /** What the runtime asks. */
  private static final class Host implements ClusterWorker.Host {
    private final NodeOptions options;
    private final ClassLoader loader = Thread.currentThread().getContextClassLoader();
    private volatile @Nullable HazelcastInstance member; // Set once.
    private volatile @Nullable NodeServer server; // Set once.

    @GuardedBy("this")
    private @Nullable NodeModules modules;

    Host(NodeOptions options) {
      this.options = options;
    }

    void serves(HazelcastInstance started, NodeServer itsServer) {
      server = itsServer;
      member = started;
      itsServer.near(uuid -> isConnected(started, uuid));
      itsServer.whenForgotten(caller -> forget(started, caller));
      var unused =
          started
              .getClientService()
              .addClientListener(
                  new ClientListener() {
                    @Override
                    public void clientConnected(Client client) {
                      // It says itself who it is.
                    }

                    @Override
                    public void clientDisconnected(Client client) {
                      itsServer.clientLeft(client.getUuid().toString());
                    }
                  });
    }

    private static boolean isConnected(HazelcastInstance here, String client) {
      try {
        return here.getClientService().getConnectedClients().stream()
            .anyMatch(each -> each.getUuid().toString().equals(client));
      } catch (HazelcastInstanceNotActiveException e) {
        return false; // It shuts down, and so does every connection.
      }
    }

    /**
     * Hazelcast keeps each topic until it is destroyed. That is done on this member alone, which
     * its public interface cannot: on others the caller may have calls.
     */
    private static void forget(HazelcastInstance here, String caller) {
      try {
        NodeEngine engine = ((HazelcastInstanceProxy) here).getOriginal().node.getNodeEngine();
        ((InternalProxyService) engine.getProxyService())
            .destroyLocalDistributedObject(
                TopicService.SERVICE_NAME,
                HazelcastSettings.TOPIC + caller,
                engine.getLocalMember().getUuid(),
                false);
      } catch (HazelcastInstanceNotActiveException e) {
        LOG.log(Level.DEBUG, "the member has shut down, and its topics with it", e);
      }
    }

    @Override
    public void send(String caller, byte[] message) {
      HazelcastInstance here = member;
      NodeServer sealing = server;
      byte[] sealed = sealing == null ? null : sealing.message(caller, message);
      if (here != null && sealed != null) {
        try {
          here.getTopic(HazelcastSettings.TOPIC + caller).publish(sealed);
        } catch (HazelcastInstanceNotActiveException e) {
          LOG.log(Level.DEBUG, "a message is lost: the member has shut down", e);
        }
      }
    }

    @Override
    public synchronized Object injected(Class<?> type) throws Exception {
      if (options.modules().isEmpty()) {
        throw new IllegalStateException(
            type.getName()
                + " has no accessible constructor without parameters, and this worker node has no"
                + " modules; start it with --modules, or add a constructor");
      }
      if (modules == null) {
        modules = NodeModules.load(options.modules(), loader);
      }
      return modules.of(type);
    }

    @Override
    public List<String> allow() {
      return options.allow();
    }
  }

  /**
   * The address of this node.
   *
   * @return host and port, such as {@code 127.0.0.1:5701}
   */
  public String address() {
    return options.bind();
  }

  /**
   * Refuses new calls, finishes and answers those it has, and leaves the cluster. A second call
   * does nothing.
   */
  @Override
  public void close() {
    synchronized (this) {
      if (isClosed) {
        return;
      }
      isClosed = true;
    }
    worker.refuse();
    try {
      server.leave(host::send);
      worker.drain();
      // An answer is on its way for a moment after its call has ended.
      server.awaitGoodbyes(GOODBYE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // In a hurry: what runs is stopped.
      pools.shutdownNow();
    } finally {
      try {
        member.shutdown();
      } finally {
        pools.close();
      }
    }
  }

  /**
   * Starts a worker node, and ends it on SIGTERM or SIGINT.
   *
   * @param args options, listed by {@code --help}
   */
  public static void main(String... args) {
    if (NodeOptions.isHelp(args)) {
      System.out.print(NodeOptions.HELP);
      return;
    }
    NodeOptions options;
    try {
      options = NodeOptions.parse(System::getenv, args);
    } catch (NodeOptions.UsageException e) {
      System.err.println(e.getMessage());
      System.err.println("--help says more.");
      System.exit(2);
      return;
    }
    System.out.print(options.describe());
    if (options.isCheck()) {
      return;
    }
    WorkerNode node;
    try {
      node = start(options);
    } catch (RuntimeException e) {
      System.err.println("the worker node cannot start: " + e.getMessage());
      System.exit(1);
      return;
    }
    TerminationSignal.onFirst(
        () -> {
          System.out.println("DRAINING");
          node.close();
          System.out.println("DRAINED");
        });
    System.out.println("READY " + node.address() + ' ' + line(options.places()));
    System.out.flush();
  }

  private static String line(Map<String, Integer> places) {
    StringBuilder text = new StringBuilder();
    places.forEach((name, count) -> text.append(name).append('=').append(count).append(' '));
    return text.toString().strip();
  }
}
