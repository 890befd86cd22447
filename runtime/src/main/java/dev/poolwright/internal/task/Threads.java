package dev.poolwright.internal.task;

import java.lang.System.Logger.Level;

/** Waiting for threads of ours, and running foreign code on them. */
final class Threads {

  static final System.Logger LOG = System.getLogger("dev.poolwright");

  private Threads() {}

  /** Waits for the end of a thread, unless it is the calling one; keeps the interrupt flag. */
  static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive() && thread != Thread.currentThread()) {
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

  /** Runs foreign code, whose failure must not disturb the calling thread. */
  static void runLogged(String what, Runnable code) {
    try {
      code.run();
    } catch (Throwable e) {
      LOG.log(Level.ERROR, what + " failed", e);
    }
  }
}
