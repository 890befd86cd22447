package dev.poolwright.internal.life;

import dev.poolwright.internal.time.Clock;
import dev.poolwright.internal.time.Nanos;
import dev.poolwright.internal.time.Wait;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** Waiting for threads of ours. */
public final class Threads {

  private static final long MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int SPINS = 200;
  private static final long PAUSE_NANOS = 20_000;
  private static final int LOCK_YIELDS = 4;
  private static final int TASK_YIELDS = 8;

  private Threads() {}

  /**
   * Waits for the end of a thread, unless it is the calling one; keeps the interrupt flag.
   *
   * @param thread one that ends soon
   */
  public static void join(Thread thread) {
    if (thread != Thread.currentThread()) {
      try (Wait wait = new Wait(Clock.SYSTEM, thread, Nanos.MOST, null)) {
        Object unused = wait.step(nanos -> joined(thread));
      }
    }
  }

  private static Thread joined(Thread thread) throws InterruptedException {
    thread.join();
    return thread;
  }

  /**
   * Waits for the end of a thread of ours that was asked to end, unless it is the calling one.
   *
   * @param nanos longest wait; one that has nothing else to do has a moment in any case
   * @return whether it has ended
   */
  static boolean join(Thread thread, long nanos) throws InterruptedException {
    if (thread == Thread.currentThread()) {
      return true;
    }
    TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(nanos, MOMENT_NANOS));
    return !thread.isAlive();
  }

  /**
   * Interrupts a thread that may be in foreign code. What it waits in may throw here; on Java 21
   * and later a virtual thread would stay parked then.
   */
  public static void interrupt(Thread runner) {
    try {
      runner.interrupt();
    } catch (Throwable e) {
      LockSupport.unpark(runner);
      throw e;
    }
  }

  /** Lets a thread go on that has a few instructions left to do, and may not be on a CPU. */
  public static void pause(int looks) {
    if (looks < SPINS) {
      Thread.onSpinWait();
    } else {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /**
   * Gives a lock and the CPU away once, before a wait. Where CPUs are busy the thread that this one
   * would wait for goes on meanwhile, and has got far when this one looks again; otherwise the two
   * wake each other for every task or so, which costs more than a small task.
   */
  @SuppressWarnings("ThreadPriorityCheck") // Nothing but speed relies on it.
  public static void stepBack(ReentrantLock held) {
    held.unlock();
    try {
      Thread.yield();
    } finally {
      lock(held);
    }
  }

  /**
   * Gives a lock away for some microseconds, before a wait for those who work on without it. Nobody
   * has to wake this thread for it.
   */
  public static void pause(ReentrantLock held, Object blocker) {
    held.unlock();
    try {
      LockSupport.parkNanos(blocker, PAUSE_NANOS);
    } finally {
      lock(held);
    }
  }

  /** Takes a lock that nobody keeps for long; a park would take longer than its holder does. */
  @SuppressWarnings("ThreadPriorityCheck") // Nothing but speed relies on it.
  public static void lock(ReentrantLock free) {
    for (int looks = 0; looks < LOCK_YIELDS; looks++) {
      if (free.tryLock()) {
        return;
      }
      Thread.yield();
    }
    free.lock();
  }

  /** Gives the CPU away a few times, in case that a task is about to end. */
  @SuppressWarnings("ThreadPriorityCheck") // Nothing but speed relies on it.
  public static boolean isDoneSoon(Future<?> task) {
    for (int looks = 0; looks < TASK_YIELDS && !task.isDone(); looks++) {
      Thread.yield();
    }
    return task.isDone();
  }
}
