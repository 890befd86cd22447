package dev.poolwright.samples.readme;

import dev.poolwright.PoolListener;
import dev.poolwright.TaskEvent;
import java.lang.System.Logger.Level;

/** Tells of tasks that waited long. */
final class SlowCalls implements PoolListener {
  private static final System.Logger LOG = System.getLogger("slow");

  @Override
  public void taskEnded(TaskEvent event) {
    if (event.waited().toMillis() > 100) {
      LOG.log(Level.INFO, event.name() + " waited " + event.waited());
    }
  }
}
