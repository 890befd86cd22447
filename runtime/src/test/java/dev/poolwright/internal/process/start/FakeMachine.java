package dev.poolwright.internal.process.start;

import dev.poolwright.internal.life.Deadlines;
import dev.poolwright.internal.process.jvm.WorkerDirectory;
import dev.poolwright.internal.process.jvm.WorkerEndpoint;
import dev.poolwright.internal.wire.FrameChannel;
import dev.poolwright.internal.wire.FrameType;
import dev.poolwright.internal.wire.LateRunWord;
import dev.poolwright.internal.wire.Outcomes;
import dev.poolwright.internal.wire.PayloadBuffer;
import dev.poolwright.internal.wire.Payloads;
import dev.poolwright.internal.wire.PrivateDirectory;
import dev.poolwright.internal.wire.RunWord;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A machine whose worker JVMs are objects: ready at once, and told of each call. A call is answered
 * when it is interrupted, and never otherwise.
 */
public final class FakeMachine extends Machine {
  private static final int ORDER_BYTES = FrameChannel.HEADER_BYTES + 4;
  private static final Outcomes OUTCOMES = new Outcomes(new Payloads(List.of(), 1_000));

  private final Consumer<Worker> onCall;
  private volatile Worker latest; // The pool of a test has one driver.

  /**
   * Nothing runs.
   *
   * @param onCall what a worker does with a call that came
   */
  public FakeMachine(Consumer<Worker> onCall) {
    this.onCall = onCall;
  }

  @Override
  public PrivateDirectory directory(WorkerDirectory all) throws IOException {
    return all.get();
  }

  @Override
  public Process start(ProcessBuilder command) {
    Worker worker = new Worker();
    latest = worker;
    return worker;
  }

  @Override
  public RunWord map(Path file) throws IOException {
    latest.word = file;
    return RunWord.create(file);
  }

  @Override
  public boolean hasPipes() {
    return false;
  }

  @Override
  public WorkerEndpoint open(WorkerEndpoint.Names files, boolean arePipes, Deadlines deadlines) {
    Worker worker = latest;
    return new WorkerEndpoint() {
      @Override
      public OutputStream tether(Process process) {
        return process.getOutputStream();
      }

      @Override
      public String address() {
        return "none";
      }

      @Override
      public String provider() {
        return "";
      }

      @Override
      public FrameChannel accept(byte[] token, int payloadLimit) {
        return new FrameChannel(worker.new Channel(), payloadLimit);
      }

      @Override
      public void close() {}
    };
  }

  /** Runs until it is killed, or asked to end. */
  public final class Worker extends Process {
    private final CompletableFuture<Process> exit = new CompletableFuture<>();
    private ByteBuffer toRead = ByteBuffer.allocate(0); // Guarded by this.
    private long running; // The call, guarded by this; 0 when there is none.
    private long interrupted; // The same.
    private Path word;
    private volatile long call;

    /** Runs the call, without end; ends at once when the parent wants it skipped. */
    public void runCall() {
      try {
        LateRunWord own = LateRunWord.open(word.toFile());
        own.map();
        if (own.started(call, 0) && own.isSkipped(0)) {
          end();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public long pid() {
      return Integer.MAX_VALUE;
    }

    @Override
    public OutputStream getOutputStream() {
      return new OutputStream() {
        @Override
        public void write(int one) {}

        @Override
        public void write(byte[] bytes) {
          if (bytes.length == ORDER_BYTES && bytes[4] == FrameType.CANCEL.code()) {
            interrupt(ByteBuffer.wrap(bytes).getLong(5));
          }
        }
      };
    }

    private synchronized void interrupt(long whose) {
      interrupted = whose;
      answerIfInterrupted();
    }

    private synchronized void begin(long whose) {
      running = whose;
      answerIfInterrupted();
    }

    /** An order may come before its call. */
    private void answerIfInterrupted() {
      if (running != 0 && running == interrupted) {
        running = 0;
        PayloadBuffer outcome = new PayloadBuffer(100);
        OUTCOMES.writeReturned("interrupted", null, outcome);
        ByteBuffer bytes = outcome.toByteBuffer();
        say(
            FrameType.OUTCOME,
            interrupted,
            ByteBuffer.allocate(12 + bytes.remaining())
                .putInt(0)
                .putInt(1)
                .putInt(bytes.remaining())
                .put(bytes)
                .flip());
      }
    }

    @Override
    public InputStream getInputStream() {
      return InputStream.nullInputStream();
    }

    @Override
    public InputStream getErrorStream() {
      return InputStream.nullInputStream();
    }

    @Override
    public int waitFor() throws InterruptedException {
      boolean unused = waitFor(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
      return exitValue();
    }

    @Override
    public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
      try {
        exit.get(timeout, unit);
        return true;
      } catch (TimeoutException e) {
        return false;
      } catch (java.util.concurrent.ExecutionException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public int exitValue() {
      return 137;
    }

    @Override
    public void destroy() {
      end();
    }

    @Override
    public Process destroyForcibly() {
      end();
      return this;
    }

    /** As if the kernel had killed it. */
    public void end() {
      boolean unused = exit.complete(this);
      synchronized (this) {
        notifyAll();
      }
    }

    @Override
    public boolean isAlive() {
      return !exit.isDone();
    }

    @Override
    public Stream<ProcessHandle> descendants() {
      return Stream.empty();
    }

    @Override
    public CompletableFuture<Process> onExit() {
      return exit.copy();
    }

    private synchronized void say(FrameType type, long about, ByteBuffer payload) {
      int bytes = FrameChannel.HEADER_BYTES + payload.remaining();
      toRead =
          ByteBuffer.allocate(bytes)
              .putInt(bytes - 4)
              .put(type.code())
              .putLong(about)
              .put(payload)
              .flip();
      notifyAll();
    }

    /** What the parent writes to it and reads from it. A write has whole frames. */
    final class Channel implements ByteChannel {
      private long left; // Of a frame.
      private volatile boolean isClosed;

      @Override
      public int read(ByteBuffer to) throws IOException {
        synchronized (Worker.this) {
          while (!toRead.hasRemaining()) {
            if (exit.isDone()) {
              return -1;
            }
            try {
              Worker.this.wait();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
          }
          int count = Math.min(to.remaining(), toRead.remaining());
          to.put(toRead.slice().limit(count));
          toRead.position(toRead.position() + count);
          return count;
        }
      }

      @Override
      public int write(ByteBuffer from) throws IOException {
        if (exit.isDone()) {
          throw new IOException("Broken pipe");
        }
        int count = from.remaining();
        if (left == 0) {
          left = 4L + from.getInt(from.position());
          call = from.getLong(from.position() + 5);
          take(from.get(from.position() + 4));
        }
        left -= count;
        from.position(from.limit());
        return count;
      }

      private void take(byte type) {
        if (type == FrameType.SETUP.code()) {
          say(FrameType.READY, 0, ByteBuffer.allocate(0));
        } else if (type == FrameType.CALL.code()) {
          begin(call);
          onCall.accept(Worker.this);
        } else if (type == FrameType.RETIRE.code()) {
          end();
        }
      }

      @Override
      public boolean isOpen() {
        return !isClosed;
      }

      @Override
      public void close() {
        isClosed = true;
        end();
      }
    }
  }
}
