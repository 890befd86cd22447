package dev.poolwright.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.SerializationConfig;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What Hazelcast is told. */
@Timeout(30)
class HazelcastSettingsTest {
  private static final String PHONE_HOME = "hazelcast.phone.home.enabled";
  private static final List<String> OFF =
      List.of(PHONE_HOME, "hazelcast.shutdownhook.enabled", "hazelcast.metrics.enabled");

  @AfterEach
  void reset() {
    System.clearProperty(PHONE_HOME);
  }

  private static Config node() throws Exception {
    return WorkerNode.config(
        NodeOptions.parse(name -> null, "--cluster", "c", "--pool", "render=4"));
  }

  private static ClientConfig caller() {
    return new ClusterClient(CallerSettings.of("c")).config();
  }

  @Test
  void aNodeTalksToNobodyButItsCluster() throws Exception {
    Config config = node();

    JoinConfig join = config.getNetworkConfig().getJoin();
    assertThat(OFF).allMatch(each -> "false".equals(config.getProperty(each)));
    assertThat(config.getJetConfig().isEnabled()).as("Jet").isFalse();
    assertThat(join.getMulticastConfig().isEnabled()).as("multicast").isFalse();
    assertThat(join.getAutoDetectionConfig().isEnabled()).as("detection").isFalse();
    assertThat(join.getTcpIpConfig().getMembers()).containsExactly("127.0.0.1:5701");
    assertThat(config.isLiteMember()).as("keeps no data").isTrue();
    assertReadsOnlyOurBytes(config.getSerializationConfig());
  }

  @Test
  void aCallerTalksToNobodyButItsCluster() {
    ClientConfig config = caller();

    assertThat(OFF).allMatch(each -> "false".equals(config.getProperty(each)));
    assertThat(config.getNetworkConfig().getAddresses()).containsExactly("127.0.0.1:5701");
    assertThat(config.getNetworkConfig().isRedoOperation()).as("repeats calls").isFalse();
    assertReadsOnlyOurBytes(config.getSerializationConfig());
  }

  private static void assertReadsOnlyOurBytes(SerializationConfig config) {
    var filter = config.getJavaSerializationFilterConfig();
    assertThat(filter.isDefaultsDisabled()).isTrue();
    assertThat(filter.getWhitelist().isListed("java.lang.String")).isFalse();
    assertThat(filter.getWhitelist().isEmpty()).as("which would allow all").isFalse();
    assertThat(config.getDataSerializableFactories()).containsOnlyKeys(NodeMessage.FACTORY);
  }

  @Test
  void whatTheJvmHasAsAPropertyStays() throws Exception {
    System.setProperty(PHONE_HOME, "true");

    assertThat(node().getProperties()).doesNotContainKey(PHONE_HOME);
    assertThat(caller().getProperties()).doesNotContainKey(PHONE_HOME);
  }
}
