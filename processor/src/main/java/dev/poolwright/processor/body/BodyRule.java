package dev.poolwright.processor.body;

/** What a method body can have wrong. Each names the arguments of its findings. */
public enum BodyRule {
  /** An {@code @Async} method called without its proxy: call, pool, submit. */
  DIRECT_CALL,
  /** A task whose result nobody takes: call, result type, method. */
  DROPPED_TASK,
  /** A wait for the pool that runs the body: call, pool, method. */
  WAIT_IN_POOL,
  /** A wait that closes a cycle of pools: the cycle. */
  POOL_CYCLE,
  /** Work that goes to the common pool: call, pool, method, remedy. */
  COMMON_POOL,
  /** {@code @Async} or {@code @Callback} in a local or anonymous class: class, what it is. */
  INNER_CLASS,
  /** The checks themselves failed: class, stack trace. */
  INTERNAL
}
