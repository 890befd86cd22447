package dev.poolwright.internal.batch;

import dev.poolwright.BatchProgress;
import dev.poolwright.internal.life.Guard;
import dev.poolwright.internal.life.Life;
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
   *           -> IDLE      by the callback thread
   * CHANGED   the listener is being told, and is to be told again.
   *           -> TELLING   by the callback thread
   */
  private static final int IDLE = 0;
  private static final int TELLING = 1;
  private static final int CHANGED = 2;

  private final AtomicInteger state = new AtomicInteger();
  private final Consumer<? super BatchProgress> listener;
  private final Supplier<BatchProgress> progress;
  private final Life life;

  BatchReports(
      Consumer<? super BatchProgress> listener, Supplier<BatchProgress> progress, Life life) {
    this.listener = listener;
    this.progress = progress;
    this.life = life;
  }

  /** Something has ended. */
  void changed() {
    while (state.get() != CHANGED) {
      if (state.compareAndSet(IDLE, TELLING)) {
        life.callbackThreads().execute(this::tell);
        return;
      }
      if (state.compareAndSet(TELLING, CHANGED)) {
        return;
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
