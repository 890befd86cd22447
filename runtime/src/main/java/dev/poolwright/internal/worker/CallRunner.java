package dev.poolwright.internal.worker;

import dev.poolwright.internal.access.RunningTask;
import dev.poolwright.internal.wire.Frame;
import dev.poolwright.internal.wire.FrameChannel;
import dev.poolwright.internal.wire.FrameType;
import dev.poolwright.internal.wire.LateRunWord;
import dev.poolwright.internal.wire.PayloadBuffer;
import dev.poolwright.internal.wire.RemoteFailures;
import dev.poolwright.internal.wire.WorkerSetup;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The thread that reads calls and runs them: one hop less than handing them over.
 *
 * <p><b>Threads:</b> {@link #cancel} is for the tether thread, the rest for this thread itself.
 */
final class CallRunner extends Thread implements RunningTask.Holder {
  private static final int FAILED = 1;

  private final FrameChannel channel;
  private final WorkerSetup setup;
  private final LateRunWord word;
  private @Nullable Preparation preparation; // Confined to this thread; null after the first frame.
  private volatile @Nullable Run current; // Written by this thread.
  private volatile @Nullable StackSender stacks; // Written by the preparation.
  private volatile StackSender.@Nullable Wanted wanted; // Written by the tether thread.
  private volatile boolean retired; // Written by this thread.

  /** The last that was cancelled: the order may come before the call, on its other way. */
  private volatile @Nullable Cancelled cancelled; // Written by the tether thread.

  private record Cancelled(long call, int element) {}

  CallRunner(FrameChannel channel, WorkerSetup setup, LateRunWord word, Preparation preparation) {
    super(null, null, setup.worker(), 0);
    this.channel = channel;
    this.setup = setup;
    this.word = word;
    this.preparation = preparation;
  }

  @Override
  public @Nullable Object taskContext() {
    Run run = current;
    return run == null || run.isEnded() ? null : run;
  }

  boolean isRetired() {
    return retired;
  }

  long exitTimeoutMillis() {
    return setup.exitTimeoutMillis();
  }

  /** Begins a run; one that was cancelled before starts with its interrupt flag set. */
  void enter(Run run) {
    current = run;
    Cancelled last = cancelled;
    if (last != null && run.is(last.call, last.element)) {
      run.cancel();
    }
  }

  /** Lets go of the last run of a frame; each has ended by itself. */
  void leave() {
    current = null;
  }

  void cancel(long call, int element) {
    cancelled = new Cancelled(call, element);
    Run run = current;
    if (run != null && run.is(call, element)) {
      run.cancel();
    }
  }

  /** Has the stack of a run sent, by another thread. Called by the tether thread. */
  void dump(long call, int element) {
    StackSender.Wanted now = new StackSender.Wanted(call, element);
    wanted = now; // First, since the sender may just be starting: it looks here after it is known.
    StackSender sender = stacks;
    if (sender != null) {
      sender.ask(now);
    }
  }

  /** Whether this thread runs that element now. */
  boolean runs(long call, int element) {
    Run run = current;
    return run != null && run.is(call, element) && !run.isEnded();
  }

  /** Starts what sends stacks; not before the first answer, unless that takes long. */
  void startStacks() {
    StackSender sender = new StackSender(this, channel);
    sender.start();
    stacks = sender;
    StackSender.Wanted early = wanted;
    if (early != null) {
      sender.ask(early);
    }
  }

  @Override
  public void run() {
    try {
      initialize();
      channel.send(FrameType.READY, 0);
      serve(new CallFrames(this, channel, setup, word));
    } catch (IOException e) {
      ParentWatch.killOrphan(); // The channel broke: nobody waits for this JVM.
    } catch (Throwable e) {
      try {
        e.printStackTrace();
      } finally {
        Runtime.getRuntime().halt(FAILED); // Also where it cannot be printed.
      }
    }
  }

  private void initialize() throws IOException {
    if (setup.initializer().isEmpty()) {
      return;
    }
    try {
      ((Runnable) NamedClass.make(setup.initializer())).run();
    } catch (Throwable e) {
      boolean ignored = Thread.interrupted();
      PayloadBuffer out = new PayloadBuffer(1 << 20);
      out.putString("initializer " + setup.initializer() + " failed");
      out.putString(RemoteFailures.stack(e));
      channel.send(FrameType.START_FAILED, 0, out.toByteBuffer());
      Runtime.getRuntime().halt(FAILED);
    }
    boolean ignored = Thread.interrupted();
  }

  private void serve(CallFrames calls) throws IOException {
    while (true) {
      Frame frame = channel.receive();
      if (frame.type() == FrameType.RETIRE) {
        sayGoodbye();
        return;
      }
      if (frame.type() != FrameType.CALL) {
        throw new IOException("unexpected frame " + frame.type());
      }
      calls.run(frame);
      if (preparation != null) {
        preparation.goOn();
        preparation = null;
      }
    }
  }

  private void sayGoodbye() throws IOException {
    retired = true;
    Answers.flushOutput();
    channel.send(FrameType.GOODBYE, 0);
    System.exit(0);
  }
}
