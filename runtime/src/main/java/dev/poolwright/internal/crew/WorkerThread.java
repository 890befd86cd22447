package dev.poolwright.internal.crew;

import dev.poolwright.internal.life.Life;
import dev.poolwright.internal.life.WaitGraph;
import dev.poolwright.internal.task.TaskThread;
import org.jspecify.annotations.Nullable;

/** The platform thread of a worker. */
final class WorkerThread extends TaskThread {

  private final Worker worker;

  WorkerThread(Life life, String name, Worker worker) {
    super(life, name);
    this.worker = worker;
  }

  Worker worker() {
    return worker;
  }

  @Override
  public void run() {
    worker.run();
  }

  @Override
  public @Nullable Runnable lendPlace(WaitGraph.Place awaited) {
    return worker.lendPlace(awaited);
  }
}
