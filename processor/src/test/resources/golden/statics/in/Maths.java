package demo;

import dev.poolwright.annotation.Async;
import dev.poolwright.annotation.Callback;

public final class Maths {
  private Maths() {}

  @Async(pool = "cpu", maxWorkers = 2)
  public static double root(double number) {
    return Math.sqrt(number);
  }

  @Async(pool = "cpu")
  public static void warm() {}

  @Callback("root")
  static void print(double root) {}
}
