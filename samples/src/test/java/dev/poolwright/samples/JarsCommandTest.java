package dev.poolwright.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class JarsCommandTest {

  @TempDir Path directory;

  @Test
  void inspectsJarsAndSurvivesABrokenOne() throws IOException {
    writeJar("main.jar");
    Files.writeString(directory.resolve("broken.jar"), "no zip");

    SampleRun run = SampleRun.of("jars", directory.toString());

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .containsPattern(" 1 +1 +17 +[0-9a-f]{10} +Main.class +main.jar")
        .contains("failed broken.jar: java.util.zip.ZipException")
        .contains("2 jars with 1 classes in");
    assertThat(ProcessHandle.current().children()).isEmpty();
  }

  @Test
  void survivesACrashOnPurpose() throws IOException {
    writeJar("a.jar");
    writeJar("b.jar");

    SampleRun run = SampleRun.of("jars", "--sabotage", directory.toString());

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("a.jar", "b.jar", "2 jars with 2 classes")
        .containsPattern("Sabotage: .*WorkerCrashedException: .*exit code 42");
  }

  @Test
  void saysThatThereIsNoJar() {
    SampleRun run = SampleRun.of("jars", directory.toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("There is no jar under " + directory);
  }

  @Test
  void failsWhenEveryJarFails() throws IOException {
    Files.writeString(directory.resolve("broken\u001b[31m.jar"), "no zip");

    SampleRun run = SampleRun.of("jars", directory.toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("failed broken [31m.jar: ").doesNotContain("\u001b");
  }

  private void writeJar(String name) throws IOException {
    try (InputStream in = Main.class.getResourceAsStream("Main.class");
        OutputStream file = Files.newOutputStream(directory.resolve(name));
        JarOutputStream jar = new JarOutputStream(file)) {
      jar.putNextEntry(new JarEntry("dev/poolwright/samples/Main.class"));
      in.transferTo(jar);
    }
  }
}
