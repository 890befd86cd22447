package dev.poolwright.internal.life;

import org.jspecify.annotations.Nullable;

/**
 * A platform thread that works for the pools of one life. A daemon, since the keeper keeps the JVM
 * alive; it has normal priority, the class loader of the pools and nothing of the thread that
 * started it.
 */
public abstract class OwnThread extends Thread implements Lender {

  /** The same as {@link #taskNumber} on every other thread; set only while it is not 0. */
  private static final ThreadLocal<@Nullable Long> ELSEWHERE = new ThreadLocal<>();

  private final Life life;

  // Confined to this thread: the number of the watched task whose method or callback it runs.
  private long taskNumber;

  /**
   * Not started.
   *
   * @param life of the pools
   * @param name of the thread
   */
  @SuppressWarnings("ThreadPriorityCheck") // Nobody's priority is to be inherited.
  protected OwnThread(Life life, String name) {
    super(null, null, name, 0, false);
    this.life = life;
    setDaemon(true);
    setPriority(NORM_PRIORITY);
    setContextClassLoader(life.loader());
  }

  /** The number of the watched task for which the calling thread acts; 0 for none. */
  public static long actsFor() {
    return Thread.currentThread() instanceof OwnThread own ? own.taskNumber : actsElsewhereFor();
  }

  /** Says for which task the calling thread acts from here on; returns the one until here. */
  public static long actsFor(long number) {
    if (Thread.currentThread() instanceof OwnThread own) {
      long before = own.taskNumber;
      own.taskNumber = number;
      return before;
    }
    long before = actsElsewhereFor();
    if (number == 0) {
      ELSEWHERE.remove();
    } else {
      ELSEWHERE.set(number);
    }
    return before;
  }

  private static long actsElsewhereFor() {
    Long number = ELSEWHERE.get();
    return number == null ? 0 : number;
  }

  /** Whose thread it is. */
  public final Life life() {
    return life;
  }
}
