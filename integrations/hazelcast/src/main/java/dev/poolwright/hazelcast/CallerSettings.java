package dev.poolwright.hazelcast;

import com.hazelcast.client.config.ClientNetworkConfig;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a caller finds a cluster: system properties {@code poolwright.cluster.<name>.members} and
 * {@code .secret-file}, else the environment variables {@code POOLWRIGHT_CLUSTER_<NAME>_MEMBERS}
 * and {@code _SECRET_FILE}, where all but letters and digits is {@code _}.
 *
 * @param cluster its name
 * @param members some of its nodes, or {@code dns:} and a name that stands for all
 * @param secret what callers and nodes share; empty for none
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
record CallerSettings(String cluster, List<String> members, byte[] secret) {
  /**
   * Reads them.
   *
   * @throws IllegalArgumentException when they make no sense; says what to do
   */
  static CallerSettings of(String cluster) {
    String members = setting(cluster, "members");
    List<String> addresses = Addresses.list(members == null ? Addresses.STANDARD : members);
    byte[] secret = ClusterSecret.read(setting(cluster, "secret-file"));
    if (secret.length == 0) {
      for (String each : addresses) {
        if (!Addresses.isLoopback(Addresses.host(each))) {
          throw new IllegalArgumentException(
              "cluster \""
                  + cluster
                  + "\" has no secret, and "
                  + each
                  + " is not on this machine alone; set "
                  + property(cluster, "secret-file"));
        }
      }
    }
    return new CallerSettings(cluster, addresses, secret);
  }

  /** Tells a client where to look. */
  void into(ClientNetworkConfig network) {
    Addresses.lookFor(members, network.getKubernetesConfig(), network::setAddresses);
  }

  private static @Nullable String setting(String cluster, String key) {
    String value = System.getProperty(property(cluster, key));
    return value != null ? value : System.getenv(variable(cluster, key));
  }

  private static String property(String cluster, String key) {
    return "poolwright.cluster." + cluster + '.' + key;
  }

  private static String variable(String cluster, String key) {
    return ("POOLWRIGHT_CLUSTER_" + cluster + '_' + key)
        .toUpperCase(Locale.ROOT)
        .replaceAll("[^A-Z0-9]", "_");
  }
}
