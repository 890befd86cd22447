package dev.poolwright.console;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.poolwright.PoolListener;
import dev.poolwright.TaskEvent;
import dev.poolwright.TaskStatus;
import dev.poolwright.WorkerEvent;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Hears what pools do and keeps the last minute and the last failures of it, bounded.
 *
 * <p><b>Threads:</b> thread-safe.
 */
final class History implements PoolListener {

  private static final int MAX_FAILURES = 50;
  private static final int MAX_STACK_CHARS = 16_000;

  /** What went wrong: a task, or a worker JVM when there is no number. */
  static final class Failure {
    final long id;
    final long nanos;
    final String pool;
    final long number;
    final String name;
    final @Nullable String worker;
    private final String reason;
    private @Nullable Throwable failure;
    private @Nullable String text;

    Failure(long id, WorkerEvent event) {
      this.id = id;
      nanos = event.nanos();
      pool = event.pool();
      number = 0;
      name = "worker JVM";
      worker = event.worker();
      reason = String.valueOf(event.reason());
    }

    Failure(long id, TaskEvent event) {
      this.id = id;
      nanos = event.endedNanos();
      pool = event.pool();
      number = event.number();
      name = event.name();
      worker = event.worker();
      reason = "";
      failure = event.failure();
    }

    /**
     * The message and the stack. It is made by whoever looks first and not by the worker, and lets
     * go of the exception.
     */
    synchronized String text() {
      if (text == null) {
        text = failure == null ? reason : text(failure);
        failure = null;
      }
      return text;
    }

    private static String text(Throwable failure) {
      StringWriter text = new StringWriter();
      try {
        failure.printStackTrace(new PrintWriter(text, true));
      } catch (Throwable e) {
        // The exception is the user's class and may not even be able to print itself.
        text.append(failure.getClass().getName()).append(", which does not print: ");
        text.append(e.getClass().getName());
      }
      return text.getBuffer().length() <= MAX_STACK_CHARS
          ? text.toString()
          : text.getBuffer().substring(0, MAX_STACK_CHARS) + "\n…";
    }
  }

  private final ConcurrentMap<String, PoolLog> logs = new ConcurrentHashMap<>();

  @GuardedBy("failures")
  private final ArrayDeque<Failure> failures = new ArrayDeque<>();

  @GuardedBy("failures")
  private long lastId;

  @Override
  public void taskStarted(TaskEvent event) {
    log(event.pool()).waited(event.startedNanos() - event.submittedNanos());
  }

  @Override
  public void taskEnded(TaskEvent event) {
    if (event.startedNanos() != 0) {
      log(event.pool()).ran(event.endedNanos() - event.startedNanos());
    }
    if (event.status() == TaskStatus.FAILED) {
      synchronized (failures) {
        keep(new Failure(++lastId, event));
      }
    }
  }

  @Override
  public void runEnded(TaskEvent event) {
    log(event.pool())
        .run(
            worker(event),
            event.name(),
            event.startedNanos(),
            event.runEndedNanos(),
            event.status() == TaskStatus.FAILED);
  }

  @Override
  public void workerEnded(WorkerEvent event) {
    if (event.isCrash()) {
      synchronized (failures) {
        keep(new Failure(++lastId, event));
      }
    }
  }

  /** What a pool did; empty for one of which nothing was heard. */
  PoolLog log(String pool) {
    PoolLog log = logs.get(pool);
    return log != null ? log : logs.computeIfAbsent(pool, name -> new PoolLog());
  }

  /** Failures that are newer than one, the oldest first. */
  List<Failure> failuresAfter(long id) {
    synchronized (failures) {
      List<Failure> newer = new ArrayList<>(failures);
      newer.removeIf(failure -> failure.id <= id);
      return newer;
    }
  }

  /** Who runs a task: a worker, or the thread that submitted it. */
  static String worker(TaskEvent event) {
    String worker = event.worker();
    return worker == null ? "caller" : worker;
  }

  @GuardedBy("failures")
  private void keep(Failure failure) {
    failures.add(failure);
    if (failures.size() > MAX_FAILURES) {
      failures.remove();
    }
  }
}
