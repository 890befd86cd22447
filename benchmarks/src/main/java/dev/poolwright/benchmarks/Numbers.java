package dev.poolwright.benchmarks;

import dev.poolwright.annotation.Async;

/** The user's class: calls that cost next to nothing. */
final class Numbers {

  @Async(pool = "two", maxWorkers = 2)
  int next(int number) {
    return number + 1;
  }
}
