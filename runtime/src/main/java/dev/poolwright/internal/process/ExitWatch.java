package dev.poolwright.internal.process;

import dev.poolwright.internal.wire.FrameChannel;
import java.io.IOException;

/**
 * A thread that waits for the end of a worker JVM's process, and then ends the wait for its
 * answers: a process that it started may hold its end of the channel for longer. A thread of ours,
 * since those on which the JDK tells of an end may be held up by foreign code.
 */
final class ExitWatch extends Thread {
  private static final int STACK_BYTES = 128 << 10;

  private final Process process;
  private final FrameChannel channel;

  ExitWatch(String worker, Process process, FrameChannel channel) {
    super(null, null, worker + "-exit", STACK_BYTES);
    this.process = process;
    this.channel = channel;
    setDaemon(true);
  }

  @Override
  public void run() {
    try {
      int unused = process.waitFor();
      channel.closeAfterPeer();
    } catch (InterruptedException | IOException e) {
      // Closed by others; nobody interrupts this thread.
    }
  }
}
