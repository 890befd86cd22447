package dev.poolwright.hazelcast;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.client.config.ClientConnectionStrategyConfig.ReconnectMode;
import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.config.ListenerConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import com.hazelcast.core.LifecycleListener;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The client of Hazelcast that the pools of one cluster share. It is started with the first of them
 * and ends with the last; after that it is of no use.
 *
 * <p><b>Threads:</b> thread-safe. Those who use it are told on its own thread, but for members that
 * come and go, which are told on threads of Hazelcast.
 */
final class ClusterClient {
  private static final System.Logger LOG = System.getLogger("dev.poolwright");

  /** What uses it. Must not wait. */
  interface User {
    /** A member is there; it may have been told of before. */
    void found(Member member);

    /** A member left. */
    void gone(Member member);

    /** No member can be reached. */
    void allGone();
  }

  private final CallerSettings settings;
  private final ScheduledThreadPoolExecutor thread;

  @GuardedBy("this")
  private final List<User> users = new ArrayList<>();

  @GuardedBy("this")
  private @Nullable HazelcastInstance client;

  @GuardedBy("this")
  private boolean isStarted;

  @GuardedBy("this")
  private boolean isClosed;

  ClusterClient(CallerSettings settings) {
    this.settings = settings;
    this.thread =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread made = new Thread(work, "poolwright-cluster-" + settings.cluster());
              made.setDaemon(true);
              return made;
            });
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** How it finds the cluster. */
  CallerSettings settings() {
    return settings;
  }

  /** Has somebody use it, who is told of all members that there are. */
  void start(User user) {
    boolean isFirst;
    synchronized (this) {
      users.add(user);
      isFirst = !isStarted;
      isStarted = true;
    }
    later(isFirst ? this::connect : () -> look(user), 0);
  }

  /** Somebody uses it no more; the last one ends it. */
  void leave(User user) {
    HazelcastInstance ended;
    synchronized (this) {
      boolean wasUser = users.remove(user);
      if (isClosed || !users.isEmpty() || (isStarted && !wasUser)) {
        return;
      }
      isClosed = true;
      ended = client;
      client = null;
    }
    thread.shutdown(); // Without an interrupt: a start that is cut off logs much.
    if (ended != null) {
      ended.shutdown();
    }
  }

  /** The client, once it is started. */
  synchronized @Nullable HazelcastInstance client() {
    return client;
  }

  /** Runs something on its own thread, unless it is closed meanwhile. */
  void later(Runnable work, long millis) {
    try {
      var unused = thread.schedule(work, millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // It was closed meanwhile.
    }
  }

  private void connect() {
    try {
      HazelcastInstance started = HazelcastClient.newHazelcastClient(config());
      boolean isLate;
      synchronized (this) {
        isLate = isClosed;
        client = isLate ? null : started;
      }
      if (isLate) {
        started.shutdown();
      } else {
        tell(this::look);
      }
    } catch (RuntimeException | Error e) {
      LOG.log(
          Level.ERROR, "the client of cluster \"" + settings.cluster() + "\" cannot be started", e);
    }
  }

  private void tell(Consumer<User> what) {
    List<User> all;
    synchronized (this) {
      all = List.copyOf(users);
    }
    all.forEach(what);
  }

  /** Those who were there before us are in no event. */
  private void look(User user) {
    HazelcastInstance now = client();
    if (now != null) {
      now.getCluster().getMembers().forEach(user::found);
    }
  }

  ClientConfig config() {
    ClientConfig config = new ClientConfig();
    config.setClusterName(settings.cluster());
    config.setInstanceName("poolwright-" + settings.cluster() + '-' + UUID.randomUUID());
    config.setClassLoader(ClusterClient.class.getClassLoader());
    settings.into(config.getNetworkConfig().setRedoOperation(false));
    config
        .getConnectionStrategyConfig()
        .setAsyncStart(true)
        .setReconnectMode(ReconnectMode.ASYNC)
        .getConnectionRetryConfig()
        .setClusterConnectTimeoutMillis(-1)
        .setInitialBackoffMillis(100)
        .setMaxBackoffMillis(2_000);
    HazelcastSettings.close(config.getSerializationConfig());
    HazelcastSettings.quiet(config::setProperty);
    HazelcastSettings.set(config::setProperty, "hazelcast.client.heartbeat.interval", "1000");
    HazelcastSettings.set(config::setProperty, "hazelcast.client.heartbeat.timeout", "10000");
    HazelcastSettings.set(config::setProperty, "hazelcast.client.invocation.timeout.seconds", "2");
    HazelcastSettings.set(config::setProperty, "hazelcast.client.statistics.enabled", "false");
    config.addListenerConfig(
        new ListenerConfig(
            new MembershipListener() {
              @Override
              public void memberAdded(MembershipEvent event) {
                tell(user -> user.found(event.getMember()));
              }

              @Override
              public void memberRemoved(MembershipEvent event) {
                tell(user -> user.gone(event.getMember()));
              }
            }));
    config.addListenerConfig(
        new ListenerConfig(
            (LifecycleListener)
                event -> {
                  // Not on Hazelcast's own thread, which others wait for.
                  if (event.getState() == LifecycleState.CLIENT_CONNECTED) {
                    later(() -> tell(this::look), 0);
                  } else if (event.getState() == LifecycleState.CLIENT_DISCONNECTED) {
                    later(() -> tell(User::allGone), 0);
                  }
                }));
    return config;
  }
}
