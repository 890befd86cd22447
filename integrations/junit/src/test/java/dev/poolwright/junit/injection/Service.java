package dev.poolwright.junit.injection;

import jakarta.inject.Inject;

/** Uses the proxy. */
final class Service {
  private final AsyncGreeter greeter;

  @Inject
  Service(AsyncGreeter greeter) {
    this.greeter = greeter;
  }

  String greet(String name) {
    return greeter.greet(name).join();
  }
}
