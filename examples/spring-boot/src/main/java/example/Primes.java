package example;

import dev.poolwright.annotation.Async;
import dev.poolwright.annotation.PoolKind;
import java.io.Serializable;
import org.springframework.stereotype.Component;

/** Needs a processor for itself, and may be stopped at any time: runs in worker JVMs. */
@Component
public class Primes {

  @Async(pool = "primes", kind = PoolKind.PROCESS, maxWorkers = 2, timeout = "10s")
  public Count below(int limit) {
    int primes = 0;
    for (int number = 2; number < limit; number++) {
      primes += isPrime(number) ? 1 : 0;
    }
    return new Count(limit, primes, ProcessHandle.current().pid());
  }

  private static boolean isPrime(int number) {
    for (int divisor = 2; divisor * divisor <= number; divisor++) {
      if (number % divisor == 0) {
        return false;
      }
    }
    return true;
  }

  /** A result that travels from one JVM to another. */
  public record Count(int limit, int primes, long process) implements Serializable {}
}
