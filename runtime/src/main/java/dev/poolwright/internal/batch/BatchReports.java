package dev.poolwright.internal.batch;

import dev.poolwright.BatchProgress;
import dev.poolwright.internal.life.Guard;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Tells the listener of a batch how far it is, on a callback thread, never on two at once. */
final class BatchReports {

  /*
   * IDLE      nothing to tell.
   *           -> TELLING   changed(), by the thread that ended an element; starts a callback thread
   * TELLING   the listener is being told.
   *           -> CHANGED   changed()
   *           -> IDLE      by the callback thread, or changed() when it has none
   * CHANGED   the listener is being told, and is to be told again.
   *           -> TELLING   by the callback thread
   */
  private static final int IDLE = 0;
  private static final int TELLING = 1;
  private static final int CHANGED = 2;

  private final AtomicInteger state = new AtomicInteger();
  private final Consumer<? super BatchProgress> listener;
  private final Supplier<BatchProgress> progress;
  private final Executor callbackThreads;

  BatchReports(
      Consumer<? super BatchProgress> listener,
      Supplier<BatchProgress> progress,
      Executor callbackThreads) {
    this.listener = listener;
    this.progress = progress;
    this.callbackThreads = callbackThreads;
  }

  /** Something has ended. */
  void changed() {
    while (state.get() != CHANGED) {
      if (state.compareAndSet(IDLE, TELLING)) {
        handOn();
        return;
      }
      if (state.compareAndSet(TELLING, CHANGED)) {
        return;
      }
    }
  }

  private void handOn() {
    boolean isHanded = false;
    try {
      callbackThreads.execute(this::tell);
      isHanded = true;
    } finally {
      if (!isHanded) {
        state.set(IDLE); // No room for that: the next end tells of this one, too.
      }
    }
  }

  private void tell() {
    do {
      state.set(TELLING);
      Guard.run(() -> "progress listener of a batch", () -> listener.accept(progress.get()));
    } while (!state.compareAndSet(TELLING, IDLE));
  }
}
