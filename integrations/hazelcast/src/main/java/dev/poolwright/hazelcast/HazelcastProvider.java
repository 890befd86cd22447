package dev.poolwright.hazelcast;

import dev.poolwright.spi.ClusterTransport;

/** Found by cluster pools. */
public final class HazelcastProvider implements ClusterTransport.Provider {

  /** For the service loader. */
  public HazelcastProvider() {}

  @Override
  public ClusterTransport transport(String cluster, String pool, String caller) {
    return new HazelcastTransport(CallerSettings.of(cluster), pool, caller);
  }
}
