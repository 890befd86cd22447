package dev.poolwright.annotation;

import java.util.Locale;

/** The kind of workers that a pool has. */
public enum PoolKind {
  /** Threads of this JVM: cheap, with shared memory, stopped by interrupts. */
  THREAD("threads"),

  /**
   * Virtual threads of this JVM, a fresh one for each task: thousands of tasks that mostly wait
   * cost little. Before Java 21 platform threads are used instead, 1,024 at most.
   */
  VIRTUAL("virtual threads"),

  /**
   * Worker JVMs: child processes that can be killed, run out of memory or crash, one task at a
   * time, without harm to the application. Arguments and results must be serializable.
   */
  PROCESS("processes"),

  /**
   * Places in the worker nodes of a cluster, on this machine or others. Arguments and results must
   * be serializable. Requires {@code poolwright-hazelcast} on the class path.
   */
  CLUSTER("cluster nodes");

  private final String plural;

  PoolKind(String plural) {
    this.plural = plural;
  }

  /**
   * The name of the kind in a system property, {@code -Dpoolwright.pools.io.kind=thread}.
   *
   * @return the name in lower case
   */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The plural noun for the workers in messages: a pool "runs as threads".
   *
   * @return a noun such as {@code "threads"}
   */
  public String plural() {
    return plural;
  }
}
