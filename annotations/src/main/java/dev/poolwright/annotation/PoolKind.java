package dev.poolwright.annotation;

import java.util.Locale;

/** What the workers of a pool are. */
public enum PoolKind {
  /** Threads of this JVM: cheap, share memory, are stopped by interrupts. */
  THREAD("threads"),

  /**
   * Virtual threads of this JVM, a fresh one for each task: thousands of tasks that mostly wait
   * cost little. Before Java 21 platform threads take their place, 1,024 at most.
   */
  VIRTUAL("virtual threads"),

  /**
   * Worker JVMs: child processes that can be killed, run out of memory or crash, one task at a
   * time, without harm to the application. Arguments and results must be serializable.
   */
  PROCESS("processes"),

  /**
   * Places in the worker nodes of a cluster, on this machine or others. Arguments and results must
   * be serializable. Needs {@code poolwright-hazelcast} on the class path.
   */
  CLUSTER("cluster nodes");

  private final String plural;

  PoolKind(String plural) {
    this.plural = plural;
  }

  /**
   * The kind as a system property has it, {@code -Dpoolwright.pools.io.kind=thread}.
   *
   * @return in lower case
   */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The workers as messages call them: a pool "runs as threads".
   *
   * @return as {@code "threads"}
   */
  public String plural() {
    return plural;
  }
}
