package dev.poolwright.internal.process.jvm;

import dev.poolwright.internal.life.Deadlines.Deadline;
import dev.poolwright.internal.life.Life;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Killing a process with all that it started.
 *
 * <p><b>Threads:</b> thread-safe; nothing here throws.
 */
public final class ProcessEnd {
  /** So long a kill waits for the list of what else there is to be killed. */
  private static final long LIST_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final Life life;

  public ProcessEnd(Life life) {
    this.life = life;
  }

  /**
   * Kills it, and its descendants, which are looked up first since those of a dead process cannot
   * be found. When that fails, or takes long, the kill goes out all the same; what dies keeps its
   * children for some milliseconds more.
   */
  public void kill(Process process) {
    Deadline late = null;
    List<ProcessHandle> descendants = List.of();
    try {
      if (process.isAlive()) {
        late = life.deadlines().after(LIST_NANOS, () -> killAlone(process));
        descendants = process.descendants().toList();
      }
    } catch (Throwable e) {
      // No thread for the watch, or no descriptor for the list.
    }
    killAlone(process);
    cancel(late);
    for (ProcessHandle each : descendants) {
      try {
        boolean unused = each.destroyForcibly();
      } catch (Throwable e) {
        // The others are still to be killed.
      }
    }
  }

  /**
   * By its handle: a {@link Process} closes its streams when it is killed, and what it wrote last
   * would be lost. But the JDK opens a file of the process before it kills it; without a descriptor
   * it kills nothing, and closing those three is what makes room.
   */
  private static void killAlone(Process process) {
    for (int i = 0; i < 2 && !killHandle(process); i++) {
      try {
        Process unused = process.destroyForcibly();
      } catch (Throwable e) {
        // Whoever waits for its end kills again.
      }
    }
  }

  /** Whether nothing is left to be done. */
  private static boolean killHandle(Process process) {
    try {
      return !process.isAlive() || process.toHandle().destroyForcibly();
    } catch (Throwable e) {
      return false;
    }
  }

  /**
   * Kills a process that has not ended by then.
   *
   * @return for {@link #cancel}; null when no thread is there to watch over it, and whoever waits
   *     for its end kills it, a little later
   */
  @Nullable Deadline killAfter(Process process, long millis) {
    try {
      Runnable kill = () -> kill(process);
      return life.deadlines()
          .after(TimeUnit.MILLISECONDS.toNanos(millis), () -> life.workThreads().execute(kill));
    } catch (Throwable e) {
      return null;
    }
  }

  /** The process has ended. */
  public static void cancel(@Nullable Deadline late) {
    try {
      if (late != null) {
        late.cancel();
      }
    } catch (Throwable e) {
      // It kills what is dead.
    }
  }
}
