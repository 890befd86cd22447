package example;

import dev.poolwright.Pools;
import dev.poolwright.Task;
import java.util.List;

/** One method on a thread, another in worker JVMs. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    try (Pools pools = Pools.builder().build()) {
      AsyncGreeter greeter = new AsyncGreeter(new Greeter(), pools);
      AsyncPrimes primes = new AsyncPrimes(pools); // static methods only: no object

      Task<String> greeting = greeter.greet("world"); // returns at once
      System.out.println(greeting.join());

      for (Primes.Count count : primes.belowAll(List.of(10, 1_000, 100_000))) {
        System.out.printf(
            "%,d primes below %,d, counted in %s process%n",
            count.primes(),
            count.limit(),
            count.pid() == ProcessHandle.current().pid() ? "this" : "another");
      }
    }
  }
}
