package example;

import dev.poolwright.annotation.Async;
import dev.poolwright.annotation.PoolKind;
import jakarta.inject.Singleton;
import java.util.stream.IntStream;

/** A worker JVM makes one for itself, without Quarkus. */
@Singleton
class Primes {

  @Async(pool = "primes", kind = PoolKind.PROCESS, maxWorkers = 2)
  String below(int limit) {
    long count =
        IntStream.range(2, limit)
            .filter(n -> IntStream.rangeClosed(2, (int) Math.sqrt(n)).noneMatch(d -> n % d == 0))
            .count();
    return count + " primes below " + limit + ", counted in another process";
  }
}
