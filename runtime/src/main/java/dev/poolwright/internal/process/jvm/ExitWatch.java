package dev.poolwright.internal.process.jvm;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.poolwright.internal.life.Guard.Code;
import dev.poolwright.internal.life.HelperThread;
import java.io.IOException;

/**
 * A thread that waits for the end of a worker JVM's process, and then ends the wait for what that
 * would say: a process that it started may hold its end of the channel for longer. A thread of
 * ours, since those on which the JDK tells of an end may be held up by foreign code.
 */
public final class ExitWatch extends HelperThread {
  private static final int STACK_BYTES = 128 << 10;

  private final Process process;

  /** What waits for the process. */
  @GuardedBy("this")
  private Code end = () -> {};

  @GuardedBy("this")
  private boolean isOver;

  public ExitWatch(String worker, Process process) {
    super(worker + "-exit", STACK_BYTES, () -> {});
    this.process = process;
  }

  /**
   * Has the end of the process do something, and nothing else.
   *
   * @throws IOException when it has ended already
   */
  public synchronized void then(Code next) throws IOException {
    if (isOver) {
      throw new IOException("the process has ended");
    }
    end = next;
  }

  @Override
  public void run() {
    try {
      int unused = process.waitFor();
    } catch (InterruptedException | RuntimeException | Error e) {
      return; // The end of the channel has to tell.
    }
    Code last;
    synchronized (this) {
      isOver = true;
      last = end;
    }
    try {
      last.run();
    } catch (Throwable e) {
      // It was closed by others.
    }
  }
}
