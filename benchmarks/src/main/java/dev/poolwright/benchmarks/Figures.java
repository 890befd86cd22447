package dev.poolwright.benchmarks;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeoutException;

/**
 * The figures of one measurement, one for each run. Printed as a line {@code name: median unit},
 * with the least and the greatest behind it.
 */
final class Figures {

  private final String name;
  private final String unit;
  private final double[] values;
  private int count;

  Figures(String name, String unit, int runs) {
    this.name = name;
    this.unit = unit;
    this.values = new double[runs];
  }

  /** One run. */
  @FunctionalInterface
  interface Run {
    double measure() throws IOException, InterruptedException, TimeoutException;
  }

  /** Measures several runs after some that do not count, and prints the line. */
  static void print(String name, String unit, int warmUp, int runs, Run run)
      throws IOException, InterruptedException, TimeoutException {
    Figures figures = new Figures(name, unit, runs);
    for (int i = 0; i < warmUp; i++) {
      double unused = run.measure();
    }
    for (int i = 0; i < runs; i++) {
      figures.add(run.measure());
    }
    figures.print();
  }

  void add(double value) {
    values[count++] = value;
  }

  void print() {
    Arrays.sort(values, 0, count);
    System.out.printf(
        Locale.ROOT,
        "%s: %,.3f %s (%,.3f to %,.3f, %d runs)%n",
        name,
        values[count / 2],
        unit,
        values[0],
        values[count - 1],
        count);
  }
}
