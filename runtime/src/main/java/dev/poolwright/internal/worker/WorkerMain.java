package dev.poolwright.internal.worker;

import dev.poolwright.internal.wire.Frame;
import dev.poolwright.internal.wire.FrameChannel;
import dev.poolwright.internal.wire.FrameType;
import dev.poolwright.internal.wire.Hello;
import dev.poolwright.internal.wire.ProtocolDesyncException;
import dev.poolwright.internal.wire.WorkerSetup;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * Main class of a worker JVM. Its arguments are the parent's endpoint ({@code unix:PATH} or {@code
 * tcp:PORT}) and the file of the {@link dev.poolwright.internal.wire.RunWord}; the token comes on
 * standard input, which stays open as the tether.
 *
 * <p><b>Threads:</b> {@code main} only starts the others, since an error there would look like an
 * exit of the JVM's own.
 *
 * <p><b>Source:</b> before READY it loads as few classes as it can: no lambdas, no string
 * concatenation, no container, no deserialization.
 */
public final class WorkerMain {
  /** Exit code when the parent is gone. */
  static final int PARENT_GONE = 23;

  private static final int GREETING_LIMIT = 16 << 20;

  private WorkerMain() {}

  /**
   * Starts the worker.
   *
   * @param args endpoint and word file
   * @throws IOException when the parent cannot be reached
   */
  public static void main(String[] args) throws IOException {
    FileInputStream stdin = new FileInputStream(FileDescriptor.in);
    byte[] token = new byte[Hello.TOKEN_BYTES];
    try {
      new DataInputStream(stdin).readFully(token); // Its own readNBytes seeks, which a pipe cannot.
    } catch (EOFException e) {
      Runtime.getRuntime().halt(PARENT_GONE);
    }
    System.setIn(InputStream.nullInputStream());
    Tether tether = new Tether(stdin, Path.of(args[1]));
    tether.start();
    TerminalSignals.ignoreInterrupt();
    FrameChannel channel = new FrameChannel(connect(args[0]), GREETING_LIMIT);
    channel.send(FrameType.HELLO, 0, new Hello(ProcessHandle.current().pid(), token).write());
    Frame frame = channel.receive();
    if (frame.type() != FrameType.SETUP) {
      throw new ProtocolDesyncException("second frame is " + frame.type() + "; must be SETUP");
    }
    WorkerSetup setup = WorkerSetup.read(frame.payload());
    channel.limitPayloads(setup.frameLimit());
    CallRunner runner = new CallRunner(channel, setup, Path.of(args[1]));
    tether.watch(runner);
    Runtime.getRuntime().addShutdownHook(new ExitReport(channel, runner));
    runner.start();
  }

  private static SocketChannel connect(String endpoint) throws IOException {
    if (endpoint.startsWith("unix:")) {
      return SocketChannel.open(UnixDomainSocketAddress.of(endpoint.substring("unix:".length())));
    }
    int port = Integer.parseInt(endpoint.substring("tcp:".length()));
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.socket().setTcpNoDelay(true);
    return channel;
  }
}
