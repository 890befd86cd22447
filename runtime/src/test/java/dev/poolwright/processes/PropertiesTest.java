package dev.poolwright.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.internal.LeavesNothingBehind;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which system properties a task in a worker JVM sees. */
@Timeout(60)
@ExtendWith(LeavesNothingBehind.class)
final class PropertiesTest {
  /** Names that look like those of a JDK, a build tool or an IDE, and are anybody's. */
  private static final List<String> ANYBODYS =
      List.of(
          "env.name",
          "path.to.data",
          "file.of.mine",
          "os.family",
          "line.width",
          "native.image.dir",
          "basedir.of.mine",
          "localRepository",
          "maven.repo",
          "surefire.of.mine",
          "idea.of.mine",
          "org.gradle.of.mine",
          "apple.of.mine",
          "com.ibm.mq.cfg",
          "com.sun.jndi.of.mine",
          "user.script",
          "user.language.format",
          "stdout.of.mine",
          "awt.of.mine",
          "ftp.nonProxyHosts",
          "java.net.preferIPv4Stack",
          "java.awt.headless",
          "javax.management.of.mine",
          "javax.net.ssl.trustStore",
          "jdk.httpclient.of.mine",
          "sun.net.inetaddr.ttl");

  /** Of each worker's own, as docs/processes.md lists them. */
  private static final String NOT_PASSED_ON =
      "(file|path|line)\\.separator|java\\.(version|home|class|vm|vendor|runtime|specification)\\b.*"
          + "|os\\.(name|arch|version)|native\\.encoding|jdk\\.debug|jdk\\.module\\..*|user\\.dir"
          + "|std(in|out|err)\\.encoding|sun\\.(std(out|err)|jnu|io\\.unicode)\\.encoding"
          + "|sun\\.(arch|boot|cpu|java|management|os)\\..*|poolwright\\.pools\\..*"
          + "|poolwright\\.console|com\\.sun\\.management\\..*";

  private static Map<String, String> all() {
    Map<String, String> all = new TreeMap<>();
    Properties properties = System.getProperties();
    properties.stringPropertyNames().forEach(name -> all.put(name, properties.getProperty(name)));
    return all;
  }

  private static Map<String, String> inWorker(List<String> names) throws Exception {
    names.forEach(name -> System.setProperty(name, "true"));
    try (Cpu cpu = new Cpu(Cpu.config(1))) {
      return cpu.submit(PropertiesTest::all).join();
    } finally {
      names.forEach(System::clearProperty);
    }
  }

  @Test
  void theApplicationsOwnReachAWorkerWhateverTheyAreNamed() throws Exception {
    assertThat(inWorker(ANYBODYS)).containsKeys(ANYBODYS.toArray(String[]::new));
  }

  @Test
  void whatAWorkerLacksIsWhatTheDocumentationLists() throws Exception {
    Map<String, String> own = all();
    own.keySet().removeIf(name -> name.matches(NOT_PASSED_ON));
    assertThat(inWorker(List.of("env.name"))).containsAllEntriesOf(own);
  }

  @Test
  void portsStayInTheApplication() throws Exception {
    List<String> ports = List.of("com.sun.management.of.mine", "poolwright.console");
    assertThat(inWorker(ports)).doesNotContainKeys(ports.toArray(String[]::new));
  }

  @Test
  void aPropertyThatNoCommandLineCanNameHoldsUpNoWorker() throws Exception {
    assertThat(inWorker(List.of("a=b", "env.name"))).containsKey("env.name").doesNotContainKey("a");
  }
}
