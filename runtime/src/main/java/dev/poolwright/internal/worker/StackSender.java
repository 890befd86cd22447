package dev.poolwright.internal.worker;

import dev.poolwright.internal.task.Stacks;
import dev.poolwright.internal.wire.FrameChannel;
import dev.poolwright.internal.wire.FrameType;
import dev.poolwright.internal.wire.PayloadBuffer;
import dev.poolwright.internal.wire.RunStack;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The thread that sends stacks of runs. Taking one waits for the JVM, and sending it for the
 * channel; the tether waits for neither.
 */
final class StackSender extends Thread {
  private static final int MOST_BYTES = 1 << 20;
  private static final String OUTER = CallFrames.class.getName();

  private final CallRunner runner;
  private final FrameChannel channel;
  private final AtomicReference<@Nullable Wanted> wanted = new AtomicReference<>();

  /** The run whose stack is asked for. */
  record Wanted(long call, int element) {}

  StackSender(CallRunner runner, FrameChannel channel) {
    super(null, null, "poolwright-stacks", 256 << 10);
    this.runner = runner;
    this.channel = channel;
    setDaemon(true);
  }

  /** Asks for the stack of a run; of two requests at once the later counts. */
  void ask(Wanted next) {
    wanted.set(next);
    LockSupport.unpark(this);
  }

  @Override
  public void run() {
    SendLoop.run(this::sendNext);
  }

  private boolean sendNext() throws IOException {
    Wanted next = wanted.getAndSet(null);
    if (next != null) {
      send(next);
    }
    return next != null;
  }

  /** A run that is over has no stack, and nobody waits for one. */
  private void send(Wanted next) throws IOException {
    StackTraceElement[] stack = runner.getStackTrace();
    if (runner.runs(next.call, next.element)) {
      PayloadBuffer out = new PayloadBuffer(MOST_BYTES);
      out.putInt(next.element);
      RunStack.write(Stacks.within(stack, OUTER), out);
      channel.send(FrameType.STACK, next.call, out.toByteBuffer());
    }
  }
}
