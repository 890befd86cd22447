package dev.poolwright.internal.worker;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.poolwright.TaskProgress;
import dev.poolwright.internal.wire.FrameChannel;
import dev.poolwright.internal.wire.FrameType;
import dev.poolwright.internal.wire.PayloadBuffer;
import dev.poolwright.internal.wire.RunProgress;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Sends progress on a thread of the framework, because user code may be interrupted while it
 * writes, and that would close the channel. The latest report wins.
 *
 * <p><b>Threads:</b> thread-safe; its thread starts with the first report.
 */
class ProgressSender {
  private final FrameChannel channel;

  @GuardedBy("this")
  private @Nullable Report latest;

  private volatile @Nullable Thread sender;

  ProgressSender(FrameChannel channel) {
    this.channel = channel;
  }

  private record Report(long call, int element, TaskProgress progress) {}

  /** Throws nothing: the method that reports goes on without a thread that sends it. */
  void offer(long call, int element, TaskProgress progress) {
    if (exchange(new Report(call, element, progress)) == null || sender == null) {
      try {
        LockSupport.unpark(started());
      } catch (Throwable e) {
        // There is no thread to be had: the next report tries again.
      }
    }
  }

  private synchronized @Nullable Report exchange(@Nullable Report next) {
    Report before = latest;
    latest = next;
    return before;
  }

  private Thread started() {
    Thread running = sender;
    return running == null ? start() : running;
  }

  private synchronized Thread start() {
    Thread running = sender;
    if (running == null) {
      running =
          new Thread(null, () -> SendLoop.run(this::sendNext), "poolwright-progress", 128 << 10);
      running.setDaemon(true);
      start(running);
      sender = running;
    }
    return running;
  }

  /** For tests, which have none. */
  void start(Thread thread) {
    thread.start();
  }

  private boolean sendNext() throws IOException {
    Report report = exchange(null);
    if (report != null) {
      send(report);
    }
    return report != null;
  }

  private void send(Report report) throws IOException {
    PayloadBuffer out = new PayloadBuffer(64 << 10);
    out.putInt(report.element());
    RunProgress.write(report.progress(), out);
    channel.send(FrameType.PROGRESS, report.call(), out.toByteBuffer());
  }
}
