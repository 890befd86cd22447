package dev.poolwright.spring;

import dev.poolwright.annotation.Async;

/** Static methods alone. */
final class Primes {

  private Primes() {}

  @Async
  static boolean isPrime(int number) {
    return number == 2 || number == 3 || number == 5;
  }
}
