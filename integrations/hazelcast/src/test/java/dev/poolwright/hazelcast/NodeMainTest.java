package dev.poolwright.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the command says, and how it exits. */
@Timeout(60)
class NodeMainTest {

  private static String run(int exitCode, String line) throws Exception {
    try (TestNode node = TestNode.start("", List.of(line.split(" ")))) {
      assertThat(node.exitCode()).as(node.output()).isEqualTo(exitCode);
      return node.output();
    }
  }

  @Test
  void helpSaysWhatItTakes() throws Exception {
    assertThat(run(0, "--help"))
        .contains(
            "--cluster NAME",
            "--secret-file FILE",
            "A second SIGTERM halts it",
            "Exit codes: 0 ended");
  }

  @Test
  void checkSaysWhatItWouldDoAndDoesNot() throws Exception {
    assertThat(run(0, "--cluster c --pool render=4:process --pool mail=2 --check"))
        .contains("a worker node of cluster \"c\" on 127.0.0.1:5701")
        .contains("pool \"render\": 4 at once, kind process", "open to everybody on this machine")
        .doesNotContain("READY");
  }

  @Test
  void wrongOptionsExitWithTwo() throws Exception {
    assertThat(run(2, "--clutser c")).contains("there is no option --clutser", "--help says more");
  }

  @Test
  void doesNotListenForOthersWithoutASecret() throws Exception {
    assertThat(run(2, "--cluster c --pool render=4 --bind 0.0.0.0:5701"))
        .contains("can be reached by others", "add --secret-file");
  }

  @Test
  void aPortThatIsTakenExitsWithOne() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String bind = "127.0.0.1:" + taken.getLocalPort();

      assertThat(run(1, "--cluster c --pool render=4 --bind " + bind))
          .contains("the worker node cannot start: ");
    }
  }

  @Test
  void aModuleThatIsNotThereExitsWithOne() throws Exception {
    assertThat(run(1, "--cluster c --pool render=4 --modules no.such.Module"))
        .contains("cannot start: --modules no.such.Module is no class here");
  }

  @Test
  void readySaysWhereAndWhat() throws Exception {
    assumeFalse(isInterruptIgnored(), "in the background of a shell");
    int port = TestNode.freePort();
    List<String> options =
        List.of("--cluster", "c", "--pool", "render=4", "--bind", "127.0.0.1:" + port);
    try (TestNode node = TestNode.start("", options).awaitReady()) {
      assertThat(node.output().lines()).contains("READY 127.0.0.1:" + port + " render=4");

      node.signal("INT");
      assertThat(node.exitCode()).isZero();
      assertThat(node.output().lines()).containsSubsequence("DRAINING", "DRAINED");
    }
  }

  /** Of this process, and so of the node. */
  private static boolean isInterruptIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    return Files.exists(status)
        && Files.readAllLines(status).stream()
            .anyMatch(line -> line.matches("SigIgn:\\s*[0-9a-f]*[2367abef]"));
  }
}
