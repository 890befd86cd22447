package dev.poolwright.internal.worker;

import dev.poolwright.internal.wire.FrameChannel;
import dev.poolwright.internal.wire.FrameType;
import dev.poolwright.internal.wire.RemoteFailures;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The thread that reads the tether: when it ends, the parent is gone, and so is this JVM at once. A
 * CANCEL on it interrupts one run, a DUMP has another thread send the stack of one. After a RETIRE
 * it reads no more, since a JVM waits 300 ms at its exit for a thread in a native read; it watches
 * the time instead.
 *
 * <p><b>Shape:</b> all are frames whose payload is 4 bytes, the element or 0.
 */
final class Tether extends Thread {
  private final FileInputStream orders;
  private volatile @Nullable CallRunner runner; // Written by the main thread.

  Tether(FileInputStream orders) {
    super(null, null, "poolwright-tether", 256 << 10);
    this.orders = orders;
    setDaemon(true);
  }

  void watch(CallRunner callRunner) {
    runner = callRunner;
  }

  @Override
  public void run() {
    byte[] order = new byte[FrameChannel.ORDER_BYTES];
    boolean isMore = true;
    while (isMore) {
      isMore = obeyNext(order);
    }
    watchExit();
  }

  /** The end of the parent is seen here, whatever becomes of an order. */
  private boolean obeyNext(byte[] order) {
    try {
      if (orders.readNBytes(order, 0, FrameChannel.ORDER_BYTES) < FrameChannel.ORDER_BYTES) {
        ParentWatch.killOrphan();
      }
      return obey(ByteBuffer.wrap(order));
    } catch (IOException e) {
      ParentWatch.killOrphan();
      return false; // Never reached.
    } catch (Throwable e) {
      return true; // There is no thread for it to be had, for example.
    }
  }

  /**
   * Bytes that are no order are left out: a process that inherited this input may have taken some.
   *
   * @return whether more orders can come
   */
  private boolean obey(ByteBuffer frame) {
    CallRunner current = runner;
    if (frame.getInt() != FrameChannel.ORDER_BYTES - 4 || current == null) {
      return true;
    }
    byte type = frame.get();
    if (type == FrameType.CANCEL.code()) {
      current.cancel(frame.getLong(), frame.getInt());
    }
    if (type == FrameType.DUMP.code()) {
      current.dump(frame.getLong(), frame.getInt());
    }
    return type != FrameType.RETIRE.code();
  }

  private void watchExit() {
    CallRunner current = runner;
    long timeoutMillis = current == null ? 0 : current.exitTimeoutMillis();
    try {
      Thread.sleep(timeoutMillis);
    } catch (InterruptedException e) {
      // Somebody is in a hurry: the watch ends early.
    }
    try {
      printThreads(timeoutMillis);
    } finally {
      TerminalSignals.exit(1);
    }
  }

  private static void printThreads(long timeoutMillis) {
    StringBuilder text = new StringBuilder("worker JVM did not exit within ");
    text.append(timeoutMillis).append(" ms (exit-timeout) and is halted; its threads:\n");
    for (Map.Entry<Thread, StackTraceElement[]> each : Thread.getAllStackTraces().entrySet()) {
      text.append('"').append(each.getKey().getName()).append("\" ");
      text.append(each.getKey().getState()).append('\n');
      text.append(RemoteFailures.lines(each.getValue()));
    }
    System.err.print(text);
    System.err.flush();
  }
}
