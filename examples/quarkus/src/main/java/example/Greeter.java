package example;

import dev.poolwright.annotation.Async;
import jakarta.inject.Singleton;

@Singleton
class Greeter {

  @Async(pool = "greetings", maxWorkers = 4)
  String greet(String name) {
    return "Hello, " + name + ", from " + Thread.currentThread().getName();
  }
}
