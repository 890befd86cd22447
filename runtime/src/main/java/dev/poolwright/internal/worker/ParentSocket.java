package dev.poolwright.internal.worker;

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
   * @param endpoint {@code unix:PATH} or {@code tcp:PORT}
   * @param provider class of the JDK's provider of channels; empty when it is not known
   */
  static SocketChannel connect(String endpoint, String provider) throws IOException {
    choose(provider);
    if (endpoint.startsWith("unix:")) {
      return SocketChannel.open(UnixDomainSocketAddress.of(endpoint.substring("unix:".length())));
    }
    int port = Integer.parseInt(endpoint.substring("tcp:".length()));
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
