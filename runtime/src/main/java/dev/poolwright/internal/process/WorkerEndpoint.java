package dev.poolwright.internal.process;

import dev.poolwright.internal.wire.FrameChannel;
import dev.poolwright.internal.wire.FrameTooLargeException;
import dev.poolwright.internal.wire.Hello;
import dev.poolwright.internal.wire.ProtocolDesyncException;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * Where one worker JVM connects: a Unix socket of its own, or a loopback port where there are none.
 * Only who knows the token is let in.
 */
final class WorkerEndpoint implements Closeable {
  private static final int SOCKET_PATH_BYTES = 100;

  private final ServerSocketChannel listener;
  private final String address;

  private WorkerEndpoint(ServerSocketChannel listener, String address) {
    this.listener = listener;
    this.address = address;
  }

  static WorkerEndpoint open(Path socket) throws IOException {
    if (socket.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length
        <= SOCKET_PATH_BYTES) {
      try {
        return unix(socket);
      } catch (UnsupportedOperationException e) {
        return loopback(); // No Unix sockets on this system.
      }
    }
    return loopback();
  }

  private static WorkerEndpoint unix(Path socket) throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      listener.bind(UnixDomainSocketAddress.of(socket), 4);
      return new WorkerEndpoint(listener, "unix:" + socket);
    } catch (IOException e) {
      listener.close();
      throw e;
    }
  }

  static WorkerEndpoint loopback() throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open();
    try {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4);
      int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
      return new WorkerEndpoint(listener, "tcp:" + port);
    } catch (IOException e) {
      listener.close();
      throw e;
    }
  }

  /** The JDK's own class that made the listener, which a worker JVM can use without a search. */
  String provider() {
    Class<?> provider = listener.provider().getClass();
    return provider.getModule() == Object.class.getModule() ? provider.getName() : "";
  }

  /** As the worker JVM's main class reads it. */
  String address() {
    return address;
  }

  /**
   * Waits for the worker. A connection without the right token is closed, and the wait goes on.
   *
   * @param token what the worker was given
   * @param payloadLimit of the channel
   * @return the worker's channel
   * @throws IOException when this endpoint is closed meanwhile
   */
  FrameChannel accept(byte[] token, int payloadLimit) throws IOException {
    while (true) {
      SocketChannel connection = listener.accept();
      FrameChannel channel = new FrameChannel(connection, Hello.BYTES);
      boolean isWorker = false;
      try {
        isWorker = Hello.read(channel.receive()).hasToken(token);
      } catch (EOFException e) {
        // It left without a word: the worker itself, when it died, or somebody who looked.
      } catch (ProtocolDesyncException | FrameTooLargeException e) {
        System.getLogger("dev.poolwright")
            .log(
                System.Logger.Level.WARNING,
                "a stranger connected to " + address + ": " + e.getMessage());
      } finally {
        if (!isWorker) {
          channel.close();
        }
      }
      if (isWorker) {
        if (address.startsWith("tcp:")) {
          connection.socket().setTcpNoDelay(true);
        }
        channel.limitPayloads(payloadLimit);
        return channel;
      }
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
