package dev.poolwright.internal.life;

import java.util.function.BooleanSupplier;

/**
 * A thread of ours that runs no tasks. It keeps nothing of the thread that started it: it is a
 * daemon of normal priority without a context class loader, and inherits no thread-locals.
 */
public class HelperThread extends Thread {

  /**
   * Not started.
   *
   * @param name of the thread
   * @param work what it does
   */
  public HelperThread(String name, Runnable work) {
    this(name, 0, work);
  }

  /**
   * Not started. All that its loop needs is made here: it must get as far as that also where the
   * heap is full.
   *
   * @param name of the thread
   * @param failed the message that is logged with what a step throws
   * @param step repeated until it says that there is nothing more to do
   */
  HelperThread(String name, String failed, BooleanSupplier step) {
    this(name, new Loop(failed, step));
  }

  /**
   * Not started.
   *
   * @param name of the thread
   * @param stackBytes what is enough; 0 for as much as usual
   * @param work what it does
   */
  @SuppressWarnings("ThreadPriorityCheck") // Nobody's priority is to be inherited.
  public HelperThread(String name, long stackBytes, Runnable work) {
    super(null, work, name, stackBytes, false);
    setDaemon(true);
    setPriority(NORM_PRIORITY);
    setContextClassLoader(null);
  }

  /** A lambda would cost the first submit of a JVM a millisecond. */
  private record Loop(String failed, BooleanSupplier step) implements Runnable {
    @Override
    public void run() {
      Guard.repeat(failed, step);
    }
  }
}
