package dev.poolwright.internal.pool;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/** What the library logs, as lines in a list that is its own lock. */
final class Logs {

  private Logs() {}

  static Handler to(List<String> lines) {
    return new Handler() {
      @Override
      public void publish(LogRecord entry) {
        synchronized (lines) {
          lines.add(entry.getMessage());
        }
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }

  /** Waits for a line. */
  static String await(List<String> lines, Predicate<String> wanted) {
    while (true) {
      synchronized (lines) {
        for (String line : lines) {
          if (wanted.test(line)) {
            return line;
          }
        }
      }
      LockSupport.parkNanos(100_000);
    }
  }
}
