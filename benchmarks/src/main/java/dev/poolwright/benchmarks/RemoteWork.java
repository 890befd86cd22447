package dev.poolwright.benchmarks;

import dev.poolwright.annotation.Async;
import dev.poolwright.annotation.PoolKind;

/** The methods that benchmarks call in worker JVMs. */
final class RemoteWork {

  private RemoteWork() {}

  @Async(pool = "cpu", kind = PoolKind.PROCESS)
  static int next(int number) {
    return number + 1;
  }

  @Async(pool = "cpu")
  static byte[] echo(byte[] bytes) {
    return bytes;
  }

  @Async(pool = "cpu")
  static long pid() {
    return ProcessHandle.current().pid();
  }

  /** Uses a core for good. */
  @Async(pool = "cpu")
  static int spin() {
    int turns = 0;
    while (System.nanoTime() != 0) {
      turns++;
    }
    return turns;
  }
}
