package dev.poolwright.hazelcast;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.poolwright.spi.ClusterTransport;
import java.util.HashMap;
import java.util.Map;

/**
 * Creates the Hazelcast transports of cluster pools. Pools of one cluster share one Hazelcast
 * client.
 */
public final class HazelcastProvider implements ClusterTransport.Provider {

  @GuardedBy("this")
  private final Map<String, ClusterClient> clients = new HashMap<>();

  /** For the service loader. */
  public HazelcastProvider() {}

  @Override
  public synchronized ClusterTransport transport(String cluster, String pool, String caller) {
    ClusterClient shared =
        clients.computeIfAbsent(cluster, name -> new ClusterClient(CallerSettings.of(name)));
    return new HazelcastTransport(shared, pool, caller);
  }
}
