package dev.poolwright.internal.worker;

import dev.poolwright.internal.access.ReadableFailure;
import dev.poolwright.internal.life.ImportedCarriers;
import dev.poolwright.internal.life.Snapshot;
import dev.poolwright.internal.wire.CallHeader;
import dev.poolwright.internal.wire.Frame;
import dev.poolwright.internal.wire.FrameChannel;
import dev.poolwright.internal.wire.LateRunWord;
import dev.poolwright.internal.wire.Outcomes;
import dev.poolwright.internal.wire.Outcomes.Ending;
import dev.poolwright.internal.wire.PayloadBuffer;
import dev.poolwright.internal.wire.Payloads;
import dev.poolwright.internal.wire.SharedArgument;
import dev.poolwright.internal.wire.WorkerSetup;
import dev.poolwright.spi.Call;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs the calls of CALL frames and gives their outcomes to {@link Answers}.
 *
 * <p><b>Threads:</b> confined to the running thread.
 */
final class CallFrames {
  /** As the JVM itself says it; made ahead, since there may be no room for it. */
  private static final byte[] TERMINATING =
      "Terminating due to java.lang.OutOfMemoryError".getBytes(StandardCharsets.UTF_8);

  private static final int OUT_OF_MEMORY = 3; // As -XX:+ExitOnOutOfMemoryError does.

  private final CallRunner runner;
  private final Answers answers;
  private final LateRunWord word;
  private final Payloads payloads;
  private final Outcomes outcomes;
  private final ProgressSender progress;
  private final List<String> modules;
  private @Nullable WorkerTargets targets; // Null until one is needed.
  private final Map<String, Class<?>> classes = new HashMap<>();
  private @Nullable Class<?> callClass; // Of the frame that is being run, as the next.
  private @Nullable SharedArgument shared; // As well.
  private @Nullable Snapshot context;
  private @Nullable ImportedCarriers carriers; // Null until one is needed.

  CallFrames(CallRunner runner, FrameChannel channel, WorkerSetup setup, LateRunWord word) {
    this.runner = runner;
    this.answers = new Answers(channel, setup.frameLimit());
    this.word = word;
    this.payloads = new Payloads(setup.allow(), setup.payloadLimit());
    this.outcomes = new Outcomes(payloads);
    this.modules = setup.modules();
    this.progress = new ProgressSender(channel);
  }

  void run(Frame frame) throws IOException {
    ByteBuffer in = frame.payload();
    CallHeader header = CallHeader.read(in);
    int count = in.getInt();
    callClass = null;
    shared = SharedArgument.of(header);
    context = header.context().isEmpty() ? null : imported(header);
    answers.begin(frame.call(), count);
    for (int i = 0; i < count; i++) {
      runElement(frame.call(), i, header, PayloadBuffer.sized(in), i == count - 1);
    }
    shared = null;
    runner.leave();
  }

  private @Nullable Snapshot imported(CallHeader header) {
    ImportedCarriers known = carriers;
    if (known == null) {
      known = new ImportedCarriers(ClassLoader.getSystemClassLoader(), "a worker");
      carriers = known;
    }
    return known.imported(header.context());
  }

  private void runElement(
      long callId, int element, CallHeader header, ByteBuffer in, boolean isLast)
      throws IOException {
    goOnIf(word.started(callId, element));
    Object result = null;
    Throwable failure = null;
    if (word.isSkipped(element)) {
      failure = new CancellationException();
      in.position(in.limit());
    } else {
      Run run = new Run(runner, header.name(), callId, element, header.limitNanos(), progress);
      runner.enter(run);
      try {
        Call<?, ?> call = payloads.readCall(header.name(), callClassOf(header), in, shared);
        result = perform(header, call);
      } catch (Throwable e) {
        failure = e;
      } finally {
        if (!run.end()) {
          runner.leave();
        }
      }
    }
    goOnIf(word.ended());
    PayloadBuffer out = answers.open();
    try {
      write(header, result, failure, out);
    } catch (OutOfMemoryError e) {
      exitOutOfMemory(e);
    } finally {
      boolean ignored = Thread.interrupted(); // Serialization of a result is user code too.
      answers.close(isLast);
    }
  }

  /** Waits for the kill that the parent is sending: it has frozen the word. */
  private void goOnIf(boolean isFree) {
    while (!isFree) {
      LockSupport.park(this);
      boolean ignored = Thread.interrupted();
    }
  }

  private void write(
      CallHeader header, @Nullable Object result, @Nullable Throwable failure, PayloadBuffer out) {
    if (failure instanceof OutOfMemoryError e) {
      exitOutOfMemory(e);
    }
    outcomes.write(header.name(), result, failure, callClass, out);
  }

  private static void exitOutOfMemory(OutOfMemoryError e) {
    // Not by what a task may have put in the place of System.err.
    try (FileOutputStream err = new FileOutputStream(FileDescriptor.err)) {
      err.write(TERMINATING);
      err.write((": " + e.getMessage() + '\n').getBytes(StandardCharsets.UTF_8));
    } catch (Throwable unsaid) {
      // The exit code is left.
    } finally {
      Runtime.getRuntime().halt(OUT_OF_MEMORY);
    }
  }

  @SuppressWarnings({
    "unchecked",
    "NullAway"
  }) // The call and its target were generated for one another; either may be null.
  private @Nullable Object perform(CallHeader header, Call<?, ?> call) throws Throwable {
    Call<Object, Object> typed = (Call<Object, Object>) call;
    Object target = targetOf(header, typed);
    Snapshot around = context;
    Object result = around == null ? typed.on(target) : around.call(() -> typed.on(target));
    return header.isStage() && result != null ? await((CompletionStage<?>) result) : result;
  }

  @SuppressWarnings("NullAway") // Calls of static methods do not look at their target.
  private Object targetOf(CallHeader header, Call<Object, Object> call) throws Throwable {
    if (header.targetClass().isEmpty()) {
      return null;
    }
    WorkerTargets known = targets;
    if (known == null) {
      known = new WorkerTargets(modules);
      targets = known;
    }
    return call.target(known.of(classOf(header.targetClass())));
  }

  private static @Nullable Object await(CompletionStage<?> stage) throws Throwable {
    // The failure as a value: what passes it on wraps it, and asks it for its text.
    CompletableFuture<Ending> done = new CompletableFuture<>();
    CompletionStage<?> unused =
        stage.handle((value, failure) -> done.complete(new Ending(value, failure)));
    try {
      Ending ended = done.get();
      Throwable failure = ended.failure();
      if (failure == null) {
        return ended.value();
      }
      throw ReadableFailure.unwrapped(failure);
    } catch (InterruptedException e) {
      if (stage instanceof CompletableFuture<?> future) {
        future.cancel(true);
      }
      throw e;
    }
  }

  private Class<?> callClassOf(CallHeader header) throws ClassNotFoundException {
    Class<?> known = callClass;
    if (known == null) {
      known = classOf(header.callClass());
      callClass = known;
    }
    return known;
  }

  private Class<?> classOf(String name) throws ClassNotFoundException {
    Class<?> type = classes.get(name);
    if (type == null) {
      type = Class.forName(name, false, ClassLoader.getSystemClassLoader());
      classes.put(name, type);
    }
    return type;
  }
}
