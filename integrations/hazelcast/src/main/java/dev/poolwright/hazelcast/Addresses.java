package dev.poolwright.hazelcast;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** Addresses as people write them: {@code host:port}, several joined by commas. */
final class Addresses {

  private Addresses() {}

  static List<String> list(String text) {
    return Arrays.stream(text.split(","))
        .map(String::strip)
        .filter(each -> !each.isEmpty())
        .toList();
  }

  /** The part before the port. */
  static String host(String address) {
    int colon = address.lastIndexOf(':');
    String host = colon < 0 || address.endsWith("]") ? address : address.substring(0, colon);
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /**
   * The port.
   *
   * @param standard where there is none
   * @throws IllegalArgumentException when it is no number of a port
   */
  static int port(String address, int standard) {
    int colon = address.lastIndexOf(':');
    if (colon < 0 || address.endsWith("]")) {
      return standard;
    }
    try {
      int port = Integer.parseInt(address.substring(colon + 1));
      if (port >= 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Said below, as of any other that is none.
    }
    throw new IllegalArgumentException("\"" + address + "\" has no port; write host:port");
  }

  /** Whether only this machine can reach a host. */
  static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
