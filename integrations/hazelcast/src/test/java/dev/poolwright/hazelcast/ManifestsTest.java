package dev.poolwright.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.shaded.org.snakeyaml.engine.v2.api.Load;
import com.hazelcast.shaded.org.snakeyaml.engine.v2.api.LoadSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The manifests for Kubernetes say what belongs together alike, and their command is one. */
@Timeout(60)
class ManifestsTest {
  private static final Path FOLDER = Path.of("../../examples/kubernetes");

  @TempDir Path folder;

  private static List<Object> documents(String file) throws IOException {
    Iterable<Object> all =
        new Load(LoadSettings.builder().build())
            .loadAllFromString(Files.readString(FOLDER.resolve(file)));
    return StreamSupport.stream(all.spliterator(), false).toList();
  }

  private static Object of(String file, String kind) throws IOException {
    return documents(file).stream()
        .filter(each -> kind.equals(at(each, "kind")))
        .findFirst()
        .orElseThrow();
  }

  /** What is found by keys, and by numbers in lists. */
  private static Object at(Object in, Object... path) {
    Object now = in;
    for (Object each : path) {
      now =
          each instanceof Integer place ? ((List<?>) now).get(place) : ((Map<?, ?>) now).get(each);
    }
    return now;
  }

  private static Object container(Object deployment) {
    return at(deployment, "spec", "template", "spec", "containers", 0);
  }

  @Test
  void namesLabelsAndPortsMatch() throws IOException {
    Object service = of("nodes.yaml", "Service");
    Object nodes = of("nodes.yaml", "Deployment");
    Object policy = of("nodes.yaml", "NetworkPolicy");
    Object caller = of("caller.yaml", "Deployment");
    Map<?, ?> labels = (Map<?, ?>) at(nodes, "spec", "template", "metadata", "labels");

    for (Object each : List.of(nodes, caller)) {
      Map<?, ?> selected = (Map<?, ?>) at(each, "spec", "selector", "matchLabels");
      Map<?, ?> own = (Map<?, ?>) at(each, "spec", "template", "metadata", "labels");
      assertThat(own.entrySet().containsAll(selected.entrySet())).isTrue();
      Object volume = at(each, "spec", "template", "spec", "volumes", 0);
      assertThat(at(container(each), "volumeMounts", 0, "name")).isEqualTo(at(volume, "name"));
      assertThat(at(volume, "secret", "secretName")).isEqualTo("render-secret");
      Map<?, ?> allowed =
          (Map<?, ?>) at(policy, "spec", "ingress", 0, "from", 0, "podSelector", "matchLabels");
      assertThat(own.entrySet().containsAll(allowed.entrySet())).isTrue();
    }
    assertThat(at(service, "spec", "selector")).isEqualTo(Map.of("app", labels.get("app")));
    assertThat(at(policy, "spec", "podSelector", "matchLabels"))
        .isEqualTo(Map.of("app", labels.get("app")));
    assertThat(at(service, "spec", "clusterIP")).as("headless").isEqualTo("None");
    Object budget = of("nodes.yaml", "PodDisruptionBudget");
    assertThat(at(budget, "spec", "selector"))
        .isEqualTo(
            at(nodes, "spec", "template", "spec", "topologySpreadConstraints", 0, "labelSelector"));
    assertThat(at(budget, "spec", "selector", "matchLabels"))
        .isEqualTo(Map.of("app", labels.get("app")));
    Object port = at(container(nodes), "ports", 0, "containerPort");
    assertThat(at(service, "spec", "ports", 0, "port")).isEqualTo(port);
    assertThat(at(policy, "spec", "ingress", 0, "ports", 0, "port")).isEqualTo(port);
    assertThat(at(container(nodes), "readinessProbe", "tcpSocket", "port")).isEqualTo(port);
    assertThat(at(container(caller), "image"))
        .as("the same jar")
        .isEqualTo(at(container(nodes), "image"));
    assertThat((Integer) at(nodes, "spec", "template", "spec", "terminationGracePeriodSeconds"))
        .as("a drain takes longer than the 30 s of Kubernetes")
        .isGreaterThan(30);
  }

  @Test
  void theCommandOfTheNodesIsOneAndCallersFindThem() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "0123456789abcdef");
    List<String> args =
        ((List<?>) at(container(of("nodes.yaml", "Deployment")), "args"))
            .stream()
                .map(Object::toString)
                .map(each -> each.replace("$(POD_IP)", "127.0.0.1").replace("$(NAMESPACE)", "ns"))
                .map(each -> each.equals("/secret/secret") ? secret.toString() : each)
                .toList();
    int main = args.indexOf(WorkerNode.class.getName());
    List<String> options = args.subList(main + 1, args.size());

    NodeOptions parsed = NodeOptions.parse(name -> null, options.toArray(new String[0]));
    assertThat(parsed.cluster()).isEqualTo("orders-v42");
    assertThat(parsed.bind()).isEqualTo("127.0.0.1:5701");
    assertThat(parsed.join()).isEqualTo("dns:render-nodes.ns.svc.cluster.local");
    String caller = Files.readString(FOLDER.resolve("caller.yaml"));
    assertThat(caller)
        .contains(
            "POOLWRIGHT_CLUSTER_ORDERS_V42_MEMBERS", "POOLWRIGHT_CLUSTER_ORDERS_V42_SECRET_FILE")
        .contains("dns:render-nodes.$(NAMESPACE).svc.cluster.local");

    List<String> checked = new java.util.ArrayList<>(options);
    checked.add("--check");
    try (TestNode node = TestNode.start("", args.subList(0, args.indexOf("-cp")), checked)) {
      assertThat(node.exitCode()).as(node.output()).isZero();
      assertThat(node.output()).contains("worker node of cluster \"orders-v42\"");
    }
  }
}
