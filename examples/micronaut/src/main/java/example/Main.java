package example;

import io.micronaut.context.ApplicationContext;
import jakarta.inject.Singleton;
import java.util.List;

@Singleton
class Main {
  private final AsyncGreeter greeter;
  private final AsyncPrimes primes;

  Main(AsyncGreeter greeter, AsyncPrimes primes) {
    this.greeter = greeter;
    this.primes = primes;
  }

  void run() {
    System.out.println(greeter.greet("Micronaut").join());
    primes.belowAll(List.of(10, 1_000)).forEach(System.out::println);
  }

  public static void main(String[] args) {
    try (ApplicationContext context = ApplicationContext.run()) {
      context.getBean(Main.class).run();
    }
  }
}
