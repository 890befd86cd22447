package dev.poolwright.internal.worker;

import dev.poolwright.internal.wire.PrivateDirectory;
import dev.poolwright.internal.wire.ProcessMark;
import java.io.IOException;
import java.util.Optional;

/**
 * A thread that looks four times a second whether the parent is still there: a process that it
 * started may hold the tether for longer than it lives.
 *
 * <p><b>Source:</b> the first look is late, so that a start loads nothing for it. The parent of an
 * orphan is another at once, even while nobody has reaped the dead one. Where the parent seems to
 * be another from the beginning, a script is between the two; then the parent itself is watched.
 */
final class ParentWatch extends Thread {
  /** Exit code of a worker whose parent is gone. */
  static final int GONE = 23;

  private static final long LOOK_MILLIS = 250;

  private final String parentPid;

  /**
   * Not started.
   *
   * @param parentPid the parent's process id
   */
  ParentWatch(String parentPid) {
    super(null, null, "poolwright-parent", 128 << 10);
    this.parentPid = parentPid;
    setDaemon(true);
  }

  @Override
  public void run() {
    try {
      Thread.sleep(LOOK_MILLIS);
      long pid = Long.parseLong(parentPid);
      Optional<ProcessHandle> first = ProcessHandle.current().parent();
      boolean isDirect = first.isPresent() && first.get().pid() == pid;
      Optional<ProcessHandle> parent = isDirect ? first : ProcessHandle.of(pid);
      if (parent.isEmpty()) {
        return; // Out of sight, in another container: the tether alone tells.
      }
      while (isThere(parent.get(), isDirect)) {
        Thread.sleep(LOOK_MILLIS);
      }
      killOrphan();
    } catch (InterruptedException e) {
      // Nobody interrupts this thread.
    }
  }

  private static boolean isThere(ProcessHandle parent, boolean isDirect) {
    try {
      return isDirect
          ? ProcessHandle.current().parent().equals(Optional.of(parent))
          : parent.isAlive();
    } catch (Throwable e) {
      return true; // The next look tells.
    }
  }

  /**
   * Ends this JVM because its parent is gone: at once, with all that its tasks started. Nobody else
   * can remove the private directory now; the other workers of the pool end as well.
   */
  static void killOrphan() {
    try {
      ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
      ProcessMark.own().killAll();
      String directory = System.getProperty(PrivateDirectory.OUTER_PROPERTY);
      if (directory != null) {
        PrivateDirectory.parse(directory).remove();
      }
    } catch (IOException | RuntimeException e) {
      // Whatever it is, it must not keep an orphan alive.
    } finally {
      TerminalSignals.exit(GONE);
    }
  }
}
