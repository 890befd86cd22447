package dev.poolwright.internal.worker;

import dev.poolwright.internal.wire.Invitation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;

/** Connects to a parent's socket. Apart, since the classes for sockets are loaded with this one. */
final class ParentSocket {
  private static final String CHANNELS_PROPERTY = "java.nio.channels.spi.SelectorProvider";

  private ParentSocket() {}

  /**
   * Connects.
   *
   * @param endpoint begins with {@link Invitation#UNIX} or {@link Invitation#TCP}
   * @param provider class of the JDK's provider of channels; empty when it is not known
   */
  static SocketChannel connect(String endpoint, String provider) throws IOException {
    choose(provider);
    if (endpoint.startsWith(Invitation.UNIX)) {
      String path = endpoint.substring(Invitation.UNIX.length());
      return SocketChannel.open(UnixDomainSocketAddress.of(path));
    }
    int port = Integer.parseInt(endpoint.substring(Invitation.TCP.length()));
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.socket().setTcpNoDelay(true);
    return channel;
  }

  /** Otherwise the JDK looks for a provider in every jar of the class path. */
  private static void choose(String provider) {
    if (!provider.isEmpty() && System.getProperty(CHANNELS_PROPERTY) == null) {
      System.setProperty(CHANNELS_PROPERTY, provider);
    }
  }
}
