package dev.poolwright.internal.worker;

import dev.poolwright.internal.wire.FrameChannel;
import dev.poolwright.internal.wire.FrameType;
import dev.poolwright.internal.wire.PayloadBuffer;
import dev.poolwright.internal.wire.RemoteFailures;
import java.io.IOException;
import java.util.Map;

/** A shutdown hook that tells the parent which stack called {@code System.exit}. */
final class ExitReport extends Thread {
  private final FrameChannel channel;
  private final CallRunner runner;

  ExitReport(FrameChannel channel, CallRunner runner) {
    super(null, null, "poolwright-exit-report", 0);
    this.channel = channel;
    this.runner = runner;
  }

  @Override
  public void run() {
    if (runner.isRetired()) {
      return;
    }
    for (Map.Entry<Thread, StackTraceElement[]> each : Thread.getAllStackTraces().entrySet()) {
      StackTraceElement[] stack = each.getValue();
      if (isInExit(stack)) {
        report(each.getKey(), stack);
        return;
      }
    }
  }

  private static boolean isInExit(StackTraceElement[] stack) {
    for (StackTraceElement frame : stack) {
      if (frame.getClassName().equals("java.lang.Runtime")
          && frame.getMethodName().equals("exit")) {
        return true;
      }
    }
    return false;
  }

  private void report(Thread thread, StackTraceElement[] stack) {
    StringBuilder text = new StringBuilder("System.exit was called on thread \"");
    text.append(thread.getName()).append("\"\n").append(RemoteFailures.lines(stack));
    PayloadBuffer out = new PayloadBuffer(1 << 20);
    out.putString(text.toString());
    try {
      channel.send(FrameType.EXITING, 0, out.toByteBuffer());
    } catch (IOException e) {
      // The parent learns of the exit by its code alone.
    }
  }
}
