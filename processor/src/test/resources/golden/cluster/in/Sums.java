package demo;

import dev.poolwright.annotation.Async;
import dev.poolwright.annotation.ClusterPool;
import dev.poolwright.annotation.SaturationPolicy;

/** Adds on the nodes of a cluster. */
@ClusterPool(
    name = "sums",
    cluster = "orders-v42",
    maxWorkers = 300,
    queueCapacity = 7,
    whenSaturated = SaturationPolicy.REJECT,
    timeout = "3s",
    noWorkerTimeout = "5s",
    retries = 2,
    payloadLimit = 4096,
    queueBytes = 5000,
    allow = "demo.**")
public class Sums {

  /** Adds. */
  @Async(pool = "sums", retries = 1)
  public int add(int one, int other) {
    return one + other;
  }
}
