package dev.poolwright.annotation;

/** What the workers of a pool are. */
public enum PoolKind {
  /** Threads of this JVM: cheap, share memory, are stopped by interrupts. */
  THREAD,

  /**
   * Worker JVMs: child processes that can be killed, run out of memory or crash, one task at a
   * time, without harm to the application. Arguments and results must be serializable.
   */
  PROCESS
}
