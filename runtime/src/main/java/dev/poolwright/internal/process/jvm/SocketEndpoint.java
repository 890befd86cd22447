package dev.poolwright.internal.process.jvm;

import dev.poolwright.internal.life.Deadlines;
import dev.poolwright.internal.life.Deadlines.Deadline;
import dev.poolwright.internal.life.Guard;
import dev.poolwright.internal.wire.FrameChannel;
import dev.poolwright.internal.wire.FrameTooLargeException;
import dev.poolwright.internal.wire.Hello;
import dev.poolwright.internal.wire.Invitation;
import dev.poolwright.internal.wire.ProtocolDesyncException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A Unix socket, or a loopback port where there are none. Only who knows the token is let in.
 *
 * <p><b>Threads:</b> thread-safe.
 */
public final class SocketEndpoint implements WorkerEndpoint {
  private static final int SOCKET_PATH_BYTES = 100;

  /** A worker greets as soon as it has connected. */
  private static final long GREETING_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final ServerSocketChannel listener;
  private final String address;
  private final long greetingNanos;
  private final Deadlines deadlines;

  private SocketEndpoint(
      ServerSocketChannel listener, String address, long greetingNanos, Deadlines deadlines) {
    this.deadlines = deadlines;
    this.listener = listener;
    this.address = address;
    this.greetingNanos = greetingNanos;
  }

  public static SocketEndpoint open(Path socket, Deadlines deadlines) throws IOException {
    return open(socket, GREETING_NANOS, deadlines);
  }

  /**
   * Listens.
   *
   * @param socket where, unless the path is too long
   * @param greetingNanos how long one connection may be silent while others wait
   * @param deadlines watch over that
   */
  public static SocketEndpoint open(Path socket, long greetingNanos, Deadlines deadlines)
      throws IOException {
    if (socket.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length
        <= SOCKET_PATH_BYTES) {
      try {
        return unix(socket, greetingNanos, deadlines);
      } catch (UnsupportedOperationException e) {
        return loopback(greetingNanos, deadlines); // No Unix sockets on this system.
      }
    }
    return loopback(greetingNanos, deadlines);
  }

  private static SocketEndpoint unix(Path socket, long greetingNanos, Deadlines deadlines)
      throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      listener.bind(UnixDomainSocketAddress.of(socket), 4);
      return new SocketEndpoint(listener, Invitation.UNIX + socket, greetingNanos, deadlines);
    } catch (IOException e) {
      listener.close();
      throw e;
    }
  }

  private static SocketEndpoint loopback(long greetingNanos, Deadlines deadlines)
      throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open();
    try {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4);
      int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
      return new SocketEndpoint(listener, Invitation.TCP + port, greetingNanos, deadlines);
    } catch (IOException e) {
      listener.close();
      throw e;
    }
  }

  @Override
  public OutputStream tether(Process process) {
    return process.getOutputStream();
  }

  @Override
  public String provider() {
    Class<?> provider = listener.provider().getClass();
    return provider.getModule() == Object.class.getModule() ? provider.getName() : "";
  }

  @Override
  public String address() {
    return address;
  }

  /**
   * Waits for the worker. A connection without the right token is closed, and the wait goes on; so
   * is one that says nothing.
   */
  @Override
  public FrameChannel accept(byte[] token, int payloadLimit) throws IOException {
    while (true) {
      SocketChannel connection = listener.accept();
      FrameChannel channel = new FrameChannel(connection, Hello.BYTES);
      boolean isWorker = false;
      AtomicBoolean isOver = new AtomicBoolean();
      Deadline silence = closeLater(channel, isOver);
      try {
        isWorker = Hello.read(channel.receive()).hasToken(token);
      } catch (ProtocolDesyncException | FrameTooLargeException e) {
        Guard.log(
            System.Logger.Level.WARNING,
            "a stranger connected to " + address + ": " + e.getMessage());
      } catch (IOException e) {
        if (Thread.currentThread().isInterrupted()) {
          throw e;
        }
        // It left, or said nothing: the worker itself, when it died, or somebody who looked.
      } finally {
        isWorker &= isOver.compareAndSet(false, true); // False when it was closed meanwhile.
        silence.cancel();
        if (!isWorker) {
          channel.close();
        }
      }
      if (isWorker) {
        if (address.startsWith(Invitation.TCP)) {
          connection.socket().setTcpNoDelay(true);
        }
        channel.limitPayloads(payloadLimit);
        return channel;
      }
    }
  }

  private Deadline closeLater(FrameChannel channel, AtomicBoolean isOver) {
    return deadlines.after(
        greetingNanos,
        () -> {
          if (isOver.compareAndSet(false, true)) {
            close(channel);
          }
        });
  }

  private static void close(FrameChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // Who waits in it sees that it is gone.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
