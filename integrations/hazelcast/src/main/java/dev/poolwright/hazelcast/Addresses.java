package dev.poolwright.hazelcast;

import com.hazelcast.config.KubernetesConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Addresses as people write them: {@code host:port}, several joined by commas. */
final class Addresses {
  static final int STANDARD_PORT = 5_701;

  /** Where a node listens, and is looked for, unless something else is said. */
  static final String STANDARD = "127.0.0.1:" + STANDARD_PORT;

  private static final String DNS = "dns:";

  private Addresses() {}

  static List<String> list(String text) {
    return Arrays.stream(text.split(","))
        .map(String::strip)
        .filter(each -> !each.isEmpty())
        .toList();
  }

  /**
   * Says where nodes are looked for.
   *
   * @param nodes addresses of some, or {@code dns:} and a name that stands for all
   * @param byName is set up for a name
   * @param byAddress takes the addresses
   */
  static void lookFor(
      List<String> nodes, KubernetesConfig byName, Consumer<List<String>> byAddress) {
    if (nodes.size() == 1 && nodes.get(0).startsWith(DNS)) {
      byName.setEnabled(true);
      byName.setProperty("service-dns", nodes.get(0).substring(DNS.length()));
    } else {
      byAddress.accept(nodes);
    }
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
