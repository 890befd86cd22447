package dev.poolwright.internal.life;

import dev.poolwright.PoolListener;
import dev.poolwright.PoolStats;
import dev.poolwright.TaskEvent;
import dev.poolwright.annotation.PoolKind;
import dev.poolwright.internal.flight.Recorder;
import dev.poolwright.internal.time.Clock;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Who hears what some pools do. Listeners are foreign code: nothing that they throw gets out of
 * here but in the log, and there once for each.
 *
 * <p><b>Threads:</b> thread-safe. Call nothing here while holding a lock.
 */
public final class Listeners {

  private final AtomicLong numbers = new AtomicLong();
  private final Recorder recorder = new Recorder();
  private volatile Entry[] all;

  // Set once, before anything is submitted.
  private Clock clock = Clock.SYSTEM;

  /** Those that code gave, in order, and no others. */
  public Listeners(List<? extends PoolListener> given) {
    all = new Entry[given.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = new Entry(given.get(i));
    }
  }

  /** Those that code gave, and those found by the service loader that are of other classes. */
  public static Listeners of(List<PoolListener> given, ClassLoader loader) {
    return new Listeners(Services.with(given, PoolListener.class, loader));
  }

  /** Says where the figures of the pools are, for the recorder. */
  public void watch(Supplier<List<PoolStats>> stats) {
    recorder.watch(stats);
  }

  /** Says what time the pools go by. */
  void goBy(Clock time) {
    clock = time;
  }

  /** The time of an event; never 0. */
  public long now() {
    long now = clock.now();
    return now == 0 ? 1 : now;
  }

  /** The pools have ended. */
  void close() {
    recorder.close();
  }

  private static final class Entry {
    private final PoolListener listener;
    private final AtomicBoolean isNamed = new AtomicBoolean();

    Entry(PoolListener listener) {
      this.listener = listener;
    }

    void failed(Throwable thrown) {
      if (!isNamed.getAndSet(true)) {
        String name = listener.getClass().getName();
        Guard.log(
            Level.WARNING, "listener " + name + " failed; it is told of what follows", thrown);
      }
    }
  }

  /** Adds one; what is submitted from here on is told to it. */
  public synchronized PoolListener.Registration add(PoolListener listener) {
    Entry entry = new Entry(listener);
    Entry[] more = new Entry[all.length + 1];
    System.arraycopy(all, 0, more, 0, all.length);
    more[all.length] = entry;
    all = more;
    return () -> remove(entry);
  }

  private synchronized void remove(Entry entry) {
    all = List.of(all).stream().filter(other -> other != entry).toArray(Entry[]::new);
  }

  /** Whether anybody hears of what is submitted now. */
  public boolean isOn() {
    return recorder.isOn() || all.length > 0; // The recorder looks for itself only when asked.
  }

  /** The number of the next task. */
  public long nextNumber() {
    return numbers.incrementAndGet();
  }

  public void submitted(TaskEvent task) {
    tell(PoolListener::taskSubmitted, task);
  }

  public void started(TaskEvent task) {
    tell(PoolListener::taskStarted, task);
  }

  public void ended(TaskEvent task) {
    tell(PoolListener::taskEnded, task);
  }

  public void runEnded(TaskEvent task) {
    tell(PoolListener::runEnded, task);
  }

  public void rejected(TaskEvent task) {
    tell(PoolListener::taskRejected, task);
  }

  /** With the process of a worker JVM, or 0. */
  public void workerStarted(String pool, PoolKind kind, String worker, long pid) {
    if (isOn()) {
      tell(
          PoolListener::workerStarted,
          new WorkerFacts(pool, kind, worker, process(pid), now(), null, false));
    }
  }

  /** With the reason, and whether it ended by itself. */
  public void workerEnded(
      String pool, PoolKind kind, String worker, long pid, String reason, boolean isCrash) {
    if (isOn()) {
      tell(
          PoolListener::workerEnded,
          new WorkerFacts(pool, kind, worker, process(pid), now(), reason, isCrash));
    }
  }

  private static OptionalLong process(long pid) {
    return pid == 0 ? OptionalLong.empty() : OptionalLong.of(pid);
  }

  private <E> void tell(BiConsumer<PoolListener, E> what, E event) {
    PoolListener records = recorder.listener();
    if (records != null) {
      try {
        what.accept(records, event);
      } catch (Throwable e) {
        // The recorder is none of the user's: an event that it cannot take is lost.
      }
    }
    for (Entry entry : all) {
      try {
        what.accept(entry.listener, event);
      } catch (Throwable e) {
        entry.failed(e);
      }
    }
  }
}
