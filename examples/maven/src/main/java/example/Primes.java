package example;

import dev.poolwright.annotation.Async;
import dev.poolwright.annotation.PoolKind;
import java.util.stream.IntStream;

/** Runs in worker JVMs. A static method needs no object there. */
final class Primes {

  private Primes() {}

  @Async(pool = "primes", kind = PoolKind.PROCESS, maxWorkers = 2)
  static Count below(int limit) {
    long count = IntStream.range(2, limit).filter(Primes::isPrime).count();
    return new Count(limit, count, ProcessHandle.current().pid());
  }

  private static boolean isPrime(int number) {
    return IntStream.rangeClosed(2, (int) Math.sqrt(number)).noneMatch(n -> number % n == 0);
  }

  /** What crosses from one process to the other is serializable. */
  record Count(int limit, long primes, long pid) implements java.io.Serializable {}
}
