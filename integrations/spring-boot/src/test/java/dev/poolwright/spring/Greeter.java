package dev.poolwright.spring;

import dev.poolwright.annotation.Async;

/** What the tests make beans of. Package-private, as is its proxy. */
class Greeter {

  private final String greeting;

  Greeter() {
    this("Hello");
  }

  Greeter(String greeting) {
    this.greeting = greeting;
  }

  @Async(pool = "greetings", maxWorkers = 2)
  String greet(String name) {
    return greeting + ", " + name + ", from " + Thread.currentThread().getName();
  }
}
