package dev.poolwright.benchmarks;

import dev.poolwright.annotation.Async;

/** Has a method that costs next to nothing, so that what is measured is the way there and back. */
final class Tiny {

  private final int turns;

  /**
   * Some work.
   *
   * @param turns of it, about 1 ns each; 0 for none
   */
  Tiny(int turns) {
    this.turns = turns;
  }

  @Async(pool = "io", maxWorkers = 1)
  int next(int number) {
    int seed = number;
    for (int i = 0; i < turns; i++) {
      seed = seed * 1_664_525 + 1_013_904_223;
    }
    return seed & 127;
  }
}
