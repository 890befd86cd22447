package dev.poolwright.internal.process.start;

import dev.poolwright.internal.life.Deadlines;
import dev.poolwright.internal.process.jvm.PipeEndpoint;
import dev.poolwright.internal.process.jvm.ProcessStart;
import dev.poolwright.internal.process.jvm.SocketEndpoint;
import dev.poolwright.internal.process.jvm.WorkerDirectory;
import dev.poolwright.internal.process.jvm.WorkerEndpoint;
import dev.poolwright.internal.wire.PrivateDirectory;
import dev.poolwright.internal.wire.RunWord;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the start of a worker JVM asks of the operating system, which may refuse each of it.
 *
 * <p><b>Threads:</b> thread-safe.
 */
public class Machine {
  /** The private directory of the pool. */
  public PrivateDirectory directory(WorkerDirectory all) throws IOException {
    return all.get();
  }

  /** Starts a process. */
  public Process start(ProcessBuilder command) throws IOException {
    return ProcessStart.of(command);
  }

  /** Makes and maps a run word. */
  public RunWord map(Path file) throws IOException {
    return RunWord.create(file);
  }

  /** Whether there may be named pipes. */
  public boolean hasPipes() {
    return PipeEndpoint.isSuited();
  }

  /** Opens what a worker JVM connects to; null when there are no pipes after all. */
  public @Nullable WorkerEndpoint open(
      WorkerEndpoint.Names files, boolean arePipes, Deadlines deadlines) throws IOException {
    return arePipes ? PipeEndpoint.open(files) : SocketEndpoint.open(files.socket(), deadlines);
  }
}
