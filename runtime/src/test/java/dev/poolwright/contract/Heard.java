package dev.poolwright.contract;

import dev.poolwright.PoolListener;
import dev.poolwright.TaskEvent;
import dev.poolwright.WorkerEvent;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Everything that a listener is told, in the order in which it came. */
final class Heard implements PoolListener {

  /** What was told of whom. */
  record Line(String what, TaskEvent task, WorkerEvent worker) {}

  private final BlockingQueue<Line> lines = new LinkedBlockingQueue<>();

  @Override
  public void taskSubmitted(TaskEvent event) {
    lines.add(new Line("submitted", event, null));
  }

  @Override
  public void taskStarted(TaskEvent event) {
    lines.add(new Line("started", event, null));
  }

  @Override
  public void taskEnded(TaskEvent event) {
    lines.add(new Line("ended", event, null));
  }

  @Override
  public void runEnded(TaskEvent event) {
    lines.add(new Line("run ended", event, null));
  }

  @Override
  public void taskRejected(TaskEvent event) {
    lines.add(new Line("rejected", event, null));
  }

  @Override
  public void workerStarted(WorkerEvent event) {
    lines.add(new Line("worker started", null, event));
  }

  @Override
  public void workerEnded(WorkerEvent event) {
    lines.add(new Line("worker ended", null, event));
  }

  /** Waits for the next event of a kind, passing over those of other kinds. */
  Line await(String what) throws InterruptedException {
    while (true) {
      Line next = lines.poll(30, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("nothing more is told; no " + what);
      }
      if (next.what.equals(what)) {
        return next;
      }
    }
  }

  /** What was told of one task so far. */
  List<String> of(TaskEvent task) {
    return lines.stream().filter(line -> line.task == task).map(Line::what).toList();
  }

  /** Everything so far. */
  List<Line> all() {
    return List.copyOf(lines);
  }
}
