package dev.poolwright.hazelcast;

import dev.poolwright.ClusterPoolConfig;
import dev.poolwright.Pools;

/** A caller in a JVM of its own, which is killed while its calls run. */
final class LoneCaller {

  private LoneCaller() {}

  /** Takes the cluster, what its calls write to, and what they wait for. */
  public static void main(String... args) throws Exception {
    Pools pools = Pools.builder().pool(ClusterPoolConfig.named("render").cluster(args[0])).build();
    AsyncRenderer renderer = new AsyncRenderer(new Renderer(), pools);
    renderer.hold(args[1], args[2]).get();
  }
}
