package dev.poolwright.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.hazelcast.NodeOptions.LocalPool;
import dev.poolwright.hazelcast.NodeOptions.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line of a node. */
@Timeout(30)
class NodeOptionsTest {
  @TempDir Path folder;

  private static NodeOptions parse(String line) throws UsageException {
    return NodeOptions.parse(name -> null, line.split(" "));
  }

  @Test
  void readsPoolsWithTheirKinds() throws UsageException {
    NodeOptions options = parse("--cluster orders --pool render=4 --pool mail=2:process");

    assertThat(options.pools())
        .isEqualTo(
            Map.of("render", new LocalPool(4, "thread"), "mail", new LocalPool(2, "process")));
    assertThat(options.bind()).isEqualTo("127.0.0.1:5701");
    assertThat(options.join()).isEqualTo("127.0.0.1:5701");
  }

  @Test
  void readsTheEnvironmentWhereTheLineSaysNothing() throws UsageException {
    Map<String, String> environment =
        Map.of("POOLWRIGHT_NODE_CLUSTER", "orders", "POOLWRIGHT_NODE_POOL", "a=1, b=2:virtual");

    NodeOptions options = NodeOptions.parse(environment::get, "--cluster", "mine");

    assertThat(options.cluster()).isEqualTo("mine");
    assertThat(options.places()).isEqualTo(Map.of("a", 1, "b", 2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --pool a=1                                    | --cluster is missing
          --cluster c                                   | --pool is missing
          --cluster c --pool a                          | is no pool with 1 to 1,024 places
          --cluster c --pool a=0                        | is no pool with 1 to 1,024 places
          --cluster c --pool a!=1                       | must be 1 to 64 letters
          --cluster c --pool a=1 --pool a=2             | named before
          --cluster c --pool a=1:cluster                | must be thread, virtual or process
          --cluster c --pool a=1 --bind 127.0.0.1:x     | has no port
          --cluster c --pool a=1 --bind 0.0.0.0:5701    | add --secret-file
          --cluster c --pool a=1 --secret-file /no/such | cannot be read
          --cluster c --pool                            | needs a value
          --clutser c                                   | there is no option --clutser
          """)
  void refusesWhatMakesNoSense(String line, String why) {
    assertThatThrownBy(() -> parse(line))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(why);
  }

  @Test
  void listensForOthersWithASecret() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "0123456789abcdef\n");

    NodeOptions options =
        parse("--cluster c --pool a=1 --bind 0.0.0.0:5701 --secret-file " + secret);

    assertThat(options.secret()).hasSize(16);
    assertThat(options.describe()).contains("sealed by a secret");
  }

  @Test
  void aShortSecretIsNone() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "short");

    assertThatThrownBy(() -> parse("--cluster c --pool a=1 --secret-file " + secret))
        .hasMessageContaining("must be 16 or more");
  }
}
