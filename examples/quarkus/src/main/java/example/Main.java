package example;

import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;

@QuarkusMain
public class Main implements QuarkusApplication {
  private final AsyncGreeter greeter;
  private final AsyncPrimes primes;

  Main(AsyncGreeter greeter, AsyncPrimes primes) {
    this.greeter = greeter;
    this.primes = primes;
  }

  @Override
  public int run(String... arguments) {
    System.out.println(greeter.greet("Quarkus").join());
    primes.belowAll(List.of(10, 1_000)).forEach(System.out::println);
    return 0;
  }
}
