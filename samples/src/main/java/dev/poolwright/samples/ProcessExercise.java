package dev.poolwright.samples;

import dev.poolwright.annotation.Async;
import dev.poolwright.annotation.PoolKind;
import java.io.Serializable;
import java.time.Duration;

/** The same work in worker JVMs. A static method needs no object there. */
final class ProcessExercise {

  /** How long each piece of work takes. */
  static final Duration EFFORT = Duration.ofMillis(200);

  /** Most pieces that run at once. */
  static final int WORKERS = 4;

  private ProcessExercise() {}

  @Async(pool = "worker-jvms", kind = PoolKind.PROCESS, maxWorkers = WORKERS)
  static Answer solve(int number) throws InterruptedException {
    Thread.sleep(EFFORT.toMillis());
    return new Answer(number, number * number, ProcessHandle.current().pid());
  }

  /**
   * One answer.
   *
   * @param number what was asked
   * @param square its square
   * @param pid the process that found it
   */
  record Answer(int number, int square, long pid) implements Serializable {}
}
