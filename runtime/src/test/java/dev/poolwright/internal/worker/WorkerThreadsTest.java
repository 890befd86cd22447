package dev.poolwright.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.TaskProgress;
import dev.poolwright.internal.wire.Frame;
import dev.poolwright.internal.wire.FrameChannel;
import dev.poolwright.internal.wire.FrameType;
import dev.poolwright.internal.wire.MemoryChannel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is thrown on threads of a worker JVM that run no user code, and where there are none. */
@Timeout(20)
class WorkerThreadsTest {
  private static final int LIMIT = 100_000;

  private final MemoryChannel memory = new MemoryChannel();
  private final FrameChannel channel = new FrameChannel(memory, LIMIT);

  /** Refuses the first thread, and keeps the others. */
  private static final class Threads {
    private final List<Thread> started = new ArrayList<>();
    private int asked;

    void start(Thread thread) {
      if (asked++ == 0) {
        throw new OutOfMemoryError("unable to create native thread: on purpose");
      }
      thread.start();
      started.add(thread);
    }
  }

  private static TaskProgress half(String message) {
    return new TaskProgress(0.5, message);
  }

  @Test
  void aReportWithoutAThreadIsSentWithTheNext() throws Exception {
    Threads threads = new Threads();
    ProgressSender progress =
        new ProgressSender(channel) {
          @Override
          void start(Thread thread) {
            threads.start(thread);
          }
        };
    progress.offer(1, 0, half("first"));
    assertThat(threads.started).isEmpty();
    progress.offer(1, 0, half("second"));
    endSender(progress, threads.started.get(0));
    Frame frame = channel.receive();
    assertThat(frame.type()).isEqualTo(FrameType.PROGRESS);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void halfAReportEndsTheChannelAndNotTheMethod(boolean isHeapFull) throws Exception {
    List<Thread> started = new ArrayList<>();
    memory.failOnce(isHeapFull ? new OutOfMemoryError("it") : new StackOverflowError("it"));
    ProgressSender progress =
        new ProgressSender(channel) {
          @Override
          void start(Thread thread) {
            thread.start();
            started.add(thread);
          }
        };
    progress.offer(1, 0, half("first"));
    while (memory.isOpen() && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(100_000);
    }
    assertThat(memory.isOpen()).isFalse();
    endSender(progress, started.get(0));
    progress.offer(1, 0, half("third")); // Nobody is left, and nobody is told.
  }

  /** It ends with its channel. */
  private void endSender(ProgressSender progress, Thread sender) throws Exception {
    while (sender.isAlive()) {
      progress.offer(1, 0, half("more"));
      if (sender.getState() == Thread.State.WAITING) {
        memory.close();
      }
      sender.join(1);
    }
  }

  @Test
  void outcomesWithoutAClockGoAtTheEndOfTheirFrame() throws IOException {
    Threads threads = new Threads();
    Answers answers =
        new Answers(channel, LIMIT) {
          @Override
          void start(Thread thread) {
            threads.start(thread);
          }
        };
    answers.begin(1, 2);
    for (int i = 0; i < 2; i++) {
      answers.open().write((byte) i);
      answers.close(i == 1);
    }
    assertThat(threads.started).isEmpty();
    Frame frame = channel.receive();
    assertThat(frame.type()).isEqualTo(FrameType.OUTCOME);
    assertThat(frame.payload().getInt(4)).isEqualTo(2);
  }
}
