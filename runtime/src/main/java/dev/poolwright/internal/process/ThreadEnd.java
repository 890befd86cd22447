package dev.poolwright.internal.process;

/** Waiting for the end of a thread of ours. */
final class ThreadEnd {
  private ThreadEnd() {}

  /** Waits, also when the caller is interrupted, whose flag is restored: none must be left. */
  static void await(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
