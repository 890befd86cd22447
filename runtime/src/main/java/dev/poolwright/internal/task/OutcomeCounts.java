package dev.poolwright.internal.task;

import java.util.concurrent.atomic.LongAdder;

/** How many tasks of a pool ended how. */
final class OutcomeCounts {

  private final LongAdder succeeded = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder cancelled = new LongAdder();

  void add(Outcome outcome) {
    switch (outcome) {
      case SUCCEEDED -> succeeded.increment();
      case FAILED -> failed.increment();
      case CANCELLED -> cancelled.increment();
    }
  }

  long succeeded() {
    return succeeded.sum();
  }

  long failed() {
    return failed.sum();
  }

  long cancelled() {
    return cancelled.sum();
  }
}
