package dev.poolwright.internal.process.jvm;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one worker JVM may leave in the private directory.
 *
 * @param word its run word
 * @param crash the report that it writes when it crashes
 * @param crashFolder where that is kept; empty for the working folder
 */
public record WorkerFiles(Path word, Path crash, String crashFolder) {

  /** Takes the report out of the private directory, once the process is gone; null for none. */
  public @Nullable FatalErrorLog crashReport(long pid) {
    return FatalErrorLog.take(crash, pid, crashFolder);
  }

  public void remove() {
    WorkerDirectory.remove(List.of(word, crash));
  }
}
