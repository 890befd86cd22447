package dev.poolwright.internal.worker;

import dev.poolwright.internal.wire.Frame;
import dev.poolwright.internal.wire.FrameChannel;
import dev.poolwright.internal.wire.FrameType;
import dev.poolwright.internal.wire.Hello;
import dev.poolwright.internal.wire.Invitation;
import dev.poolwright.internal.wire.LateRunWord;
import dev.poolwright.internal.wire.ProtocolDesyncException;
import dev.poolwright.internal.wire.WorkerSetup;
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
 * Main class of a worker JVM. Its argument is the file of the {@link
 * dev.poolwright.internal.wire.RunWord}; an {@link Invitation} comes on standard input, which stays
 * open as the tether.
 *
 * <p><b>Threads:</b> {@code main} only starts the others, since an error there would look like an
 * exit of the JVM's own.
 *
 * <p><b>Source:</b> before READY it loads as few classes as it can: no lambdas, no string
 * concatenation, no container, no deserialization; and what can be done beside the connection,
 * which takes the JDK longest, is done by {@link Preparation}.
 */
public final class WorkerMain {
  /** Exit code when the parent is gone. */
  static final int PARENT_GONE = 23;

  private static final String CHANNELS_PROPERTY = "java.nio.channels.spi.SelectorProvider";
  private static final int GREETING_LIMIT = 16 << 20;

  private WorkerMain() {}

  /**
   * Starts the worker.
   *
   * @param args the word file
   * @throws IOException when the parent cannot be reached
   */
  public static void main(String[] args) throws IOException {
    FileInputStream stdin = new FileInputStream(FileDescriptor.in);
    Invitation invitation = invitation(stdin);
    System.setIn(InputStream.nullInputStream());
    Path wordFile = Path.of(args[0]);
    LateRunWord word = LateRunWord.open(wordFile.toFile());
    new Preparation(word).start();
    Tether tether = new Tether(stdin, wordFile);
    tether.start();
    chooseChannels(invitation.channels());
    FrameChannel channel = new FrameChannel(connect(invitation.endpoint()), GREETING_LIMIT);
    channel.send(FrameType.HELLO, 0, new Hello(invitation.token()).write());
    Frame frame = channel.receive();
    if (frame.type() != FrameType.SETUP) {
      throw new ProtocolDesyncException("second frame is " + frame.type() + "; must be SETUP");
    }
    WorkerSetup setup = WorkerSetup.read(frame.payload());
    channel.limitPayloads(setup.frameLimit());
    CallRunner runner = new CallRunner(channel, setup, word, wordFile);
    tether.watch(runner);
    Runtime.getRuntime().addShutdownHook(new ExitReport(channel, runner));
    runner.start();
  }

  private static Invitation invitation(FileInputStream stdin) throws IOException {
    try {
      return Invitation.read(stdin);
    } catch (EOFException e) {
      Runtime.getRuntime().halt(PARENT_GONE);
      throw e; // Never reached.
    }
  }

  /** Otherwise the JDK looks for a provider in every jar of the class path. */
  private static void chooseChannels(String provider) {
    if (!provider.isEmpty() && System.getProperty(CHANNELS_PROPERTY) == null) {
      System.setProperty(CHANNELS_PROPERTY, provider);
    }
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
