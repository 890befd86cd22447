package dev.poolwright.contract;

import dev.poolwright.annotation.PoolKind;

/** What runs the tasks of the pools under test. */
enum Kind {
  THREAD,
  VIRTUAL,
  PROCESS,
  CLUSTER,
  /** The thread that submits a task, before the submit returns. */
  DIRECT;

  /** As pools say it; direct ones stand in for pools of threads. */
  PoolKind declared() {
    return this == DIRECT ? PoolKind.THREAD : PoolKind.valueOf(name());
  }
}
