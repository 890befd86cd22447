package dev.poolwright.internal.life;

/**
 * A platform thread that works for the pools of one life. A daemon, since the keeper keeps the JVM
 * alive; it has normal priority, the class loader of the pools and nothing of the thread that
 * started it.
 */
public abstract class OwnThread extends Thread implements Lender {

  private final Life life;

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

  /** Whose thread it is. */
  public final Life life() {
    return life;
  }
}
