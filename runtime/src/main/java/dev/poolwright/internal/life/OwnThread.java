package dev.poolwright.internal.life;

/**
 * A platform thread that works for the pools of one life. A daemon, since the keeper keeps the JVM
 * alive; it has normal priority, the class loader of the pools and nothing of the thread that
 * started it.
 */
public abstract class OwnThread extends Thread implements Lender {

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

  /** The number of the watched task of a life for which the calling thread acts; 0 for none. */
  public static long actsFor(Life life) {
    return Thread.currentThread() instanceof OwnThread own && own.life == life
        ? own.taskNumber
        : Visit.actsFor(life);
  }

  /** Says for which task the calling thread acts from here on; returns the one until here. */
  public static long actsFor(Life life, long number) {
    if (!(Thread.currentThread() instanceof OwnThread own && own.life == life)) {
      return Visit.actsFor(life, number);
    }
    long before = own.taskNumber;
    own.taskNumber = number;
    return before;
  }

  /** Whose thread it is. */
  public final Life life() {
    return life;
  }
}
