package example;

import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.annotation.Async;
import dev.poolwright.annotation.PoolKind;
import java.util.List;
import java.util.stream.IntStream;

public final class First {

  @Async(pool = "greetings", maxWorkers = 4, timeout = "5s")
  static String greet(String name) {
    return "Hello, " + name + ", from thread " + Thread.currentThread().getName();
  }

  @Async(pool = "primes", kind = PoolKind.PROCESS, maxWorkers = 2)
  static long primesBelow(int limit) {
    return IntStream.range(2, limit)
        .filter(n -> IntStream.rangeClosed(2, (int) Math.sqrt(n)).noneMatch(d -> n % d == 0))
        .count();
  }

  public static void main(String[] args) {
    try (Pools pools = Pools.builder().build()) { // waits for all tasks at its end
      AsyncFirst async = new AsyncFirst(pools); // generated from this class

      Task<String> greeting = async.greet("world"); // returns at once
      System.out.println(greeting.join());

      for (long primes : async.primesBelowAll(List.of(10, 1_000, 100_000))) {
        System.out.println(primes + " primes, counted in a worker JVM");
      }
    }
  }
}
