package dev.poolwright.internal.process;

import dev.poolwright.internal.life.Deadlines;
import dev.poolwright.internal.life.HelperThread;
import dev.poolwright.internal.process.jvm.WorkerDirectory;
import dev.poolwright.internal.process.jvm.WorkerEndpoint;
import dev.poolwright.internal.process.start.Machine;
import dev.poolwright.internal.wire.FrameChannel;
import dev.poolwright.internal.wire.Hello;
import dev.poolwright.internal.wire.PrivateDirectory;
import dev.poolwright.internal.wire.ProtocolDesyncException;
import dev.poolwright.internal.wire.RunWord;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The real machine, with real worker JVMs, one step of which throws something. */
final class FaultyMachine extends Machine {
  private final Faults faults;
  private final boolean arePipes;

  /** By pipes, where there are some, or by a port, where what is read and written are steps too. */
  FaultyMachine(Faults faults, boolean arePipes) {
    this.faults = faults;
    this.arePipes = arePipes;
  }

  /** Counts steps, and throws at one of them. */
  static final class Faults {
    private final int at;
    private final Supplier<Throwable> thrown;
    private final AtomicInteger steps = new AtomicInteger();
    private final Set<Integer> frames = ConcurrentHashMap.newKeySet();
    private volatile String where = "nowhere";

    Faults(int at, Supplier<Throwable> thrown) {
      this.at = at;
      this.thrown = thrown;
    }

    int steps() {
      return steps.get();
    }

    /** Whether it was thrown. */
    boolean isOver() {
      return steps.get() >= at;
    }

    /** A step that may throw {@link IOException}. */
    void step(String name) throws IOException {
      if (steps.incrementAndGet() == at) {
        Throwable failure = thrown.get();
        where = failure + " at " + name;
        if (failure instanceof IOException e) {
          throw e;
        }
        throwUnchecked(failure);
      }
    }

    /** One that reads or writes a frame, or a part of it. */
    void frame(String name) throws IOException {
      frames.add(steps.get() + 1); // Where two come at once, one of the two.
      step(name);
    }

    /** Which steps those were. */
    Set<Integer> frames() {
      return frames;
    }

    /** A step that may not. */
    void uncheckedStep(String name) {
      try {
        step(name);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    /** Starts a thread, or not if it is a helper. */
    void start(Thread thread) {
      if (thread instanceof HelperThread) {
        uncheckedStep("start of thread " + thread.getName());
      }
      thread.start();
    }

    private static void throwUnchecked(Throwable failure) {
      if (failure instanceof Error e) {
        throw e;
      }
      throw (RuntimeException) failure;
    }

    @Override
    public String toString() {
      return where;
    }
  }

  @Override
  public PrivateDirectory directory(WorkerDirectory all) throws IOException {
    faults.step("directory");
    return super.directory(all);
  }

  @Override
  public Process start(ProcessBuilder command) throws IOException {
    faults.step("start of a process");
    return new FaultyProcess(super.start(command));
  }

  @Override
  public RunWord map(Path file) throws IOException {
    faults.step("map");
    return super.map(file);
  }

  @Override
  public boolean hasPipes() {
    return arePipes && super.hasPipes();
  }

  @Override
  public WorkerEndpoint open(WorkerEndpoint.Names files, boolean arePipes, Deadlines deadlines)
      throws IOException {
    faults.step("open");
    WorkerEndpoint pipes = arePipes ? super.open(files, true, deadlines) : null;
    return pipes == null ? new Endpoint() : new Pipes(pipes);
  }

  private OutputStream faulty(OutputStream tether) {
    return new FilterOutputStream(tether) {
      @Override
      public void write(byte[] bytes) throws IOException {
        faults.frame("write to the tether");
        out.write(bytes);
      }
    };
  }

  private final class Pipes implements WorkerEndpoint {
    private final WorkerEndpoint pipes;

    Pipes(WorkerEndpoint pipes) {
      this.pipes = pipes;
    }

    @Override
    public OutputStream tether(Process process) {
      faults.uncheckedStep("tether");
      return faulty(pipes.tether(process));
    }

    @Override
    public String address() {
      faults.uncheckedStep("address");
      return pipes.address();
    }

    @Override
    public String provider() {
      return pipes.provider();
    }

    @Override
    public FrameChannel accept(byte[] token, int payloadLimit) throws IOException {
      faults.step("accept");
      return pipes.accept(token, payloadLimit);
    }

    @Override
    public void close() throws IOException {
      pipes.close();
      faults.step("close of an endpoint");
    }
  }

  /** A loopback port. */
  private final class Endpoint implements WorkerEndpoint {
    private final ServerSocketChannel listener = ServerSocketChannel.open();

    Endpoint() throws IOException {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @Override
    public OutputStream tether(Process process) {
      return process.getOutputStream();
    }

    @Override
    public String address() {
      faults.uncheckedStep("address");
      return "tcp:" + listener.socket().getLocalPort();
    }

    @Override
    public String provider() {
      return "";
    }

    @Override
    public FrameChannel accept(byte[] token, int payloadLimit) throws IOException {
      faults.step("accept");
      FrameChannel channel = new FrameChannel(new Channel(listener.accept()), Hello.BYTES);
      boolean isGreeted = false;
      try {
        if (!Hello.read(channel.receive()).hasToken(token)) {
          throw new ProtocolDesyncException("a stranger");
        }
        channel.limitPayloads(payloadLimit);
        isGreeted = true;
        return channel;
      } finally {
        if (!isGreeted) {
          channel.close();
        }
      }
    }

    @Override
    public void close() throws IOException {
      listener.close();
      faults.step("close of an endpoint");
    }
  }

  private final class Channel implements ByteChannel {
    private static final int PART_BYTES = 5; // Ends inside of the header of a frame.

    private final SocketChannel connection;
    private boolean isInside; // By the one thread that reads.

    Channel(SocketChannel connection) {
      this.connection = connection;
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
      isInside = !isInside;
      if (!isInside) {
        faults.frame("read of the rest");
        return connection.read(to);
      }
      faults.frame("read");
      int limit = to.limit();
      to.limit(Math.min(limit, to.position() + PART_BYTES));
      try {
        return connection.read(to);
      } finally {
        to.limit(limit);
      }
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
      faults.frame("write");
      ByteBuffer part = from.slice().limit(from.remaining() / 2);
      int written = connection.write(part);
      from.position(from.position() + written);
      faults.frame("write of the rest");
      return written + connection.write(from);
    }

    @Override
    public boolean isOpen() {
      return connection.isOpen();
    }

    @Override
    public void close() throws IOException {
      connection.close();
      faults.step("close of a channel");
    }
  }

  private final class FaultyProcess extends Process {
    private final Process process;

    FaultyProcess(Process process) {
      this.process = process;
    }

    @Override
    public long pid() {
      faults.uncheckedStep("pid");
      return process.pid();
    }

    @Override
    public OutputStream getOutputStream() {
      faults.uncheckedStep("tether");
      return faulty(process.getOutputStream());
    }

    @Override
    public InputStream getInputStream() {
      faults.uncheckedStep("standard output");
      return process.getInputStream();
    }

    @Override
    public InputStream getErrorStream() {
      faults.uncheckedStep("standard error");
      return process.getErrorStream();
    }

    @Override
    public int waitFor() throws InterruptedException {
      faults.uncheckedStep("waitFor");
      return process.waitFor();
    }

    @Override
    public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
      faults.uncheckedStep("timed waitFor");
      return process.waitFor(timeout, unit);
    }

    @Override
    public int exitValue() {
      faults.uncheckedStep("exit value");
      return process.exitValue();
    }

    @Override
    public boolean isAlive() {
      faults.uncheckedStep("isAlive");
      return process.isAlive();
    }

    @Override
    public void destroy() {
      process.destroy();
    }

    @Override
    public Process destroyForcibly() {
      faults.uncheckedStep("kill");
      Process unused = process.destroyForcibly();
      return this;
    }

    @Override
    public CompletableFuture<Process> onExit() {
      faults.uncheckedStep("onExit");
      return process.onExit();
    }

    @Override
    public Stream<ProcessHandle> descendants() {
      faults.uncheckedStep("descendants");
      return process.descendants();
    }
  }
}
