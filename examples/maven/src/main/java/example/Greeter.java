package example;

import dev.poolwright.annotation.Async;
import dev.poolwright.annotation.Callback;
import jakarta.inject.Singleton;

/** Runs on threads. */
@Singleton
class Greeter {

  @Async(pool = "greetings", maxWorkers = 4, timeout = "5s")
  String greet(String name) {
    return "Hello, " + name + ", from " + Thread.currentThread().getName();
  }

  @Callback("greet")
  void failed(Throwable failure) {
    System.err.println("No greeting: " + failure);
  }
}
