package dev.poolwright.junit.injection;

import dev.poolwright.annotation.Async;
import jakarta.inject.Inject;

/** Annotated, and injected itself. */
class Greeter {
  private final String greeting;

  @Inject
  Greeter(String greeting) {
    this.greeting = greeting;
  }

  @Async(pool = "greetings", maxWorkers = 2)
  String greet(String name) {
    return greeting + ", " + name;
  }
}
