package dev.poolwright.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class ClusterCommandTest {

  @TempDir Path directory;

  @Test
  @Tag("slow") // Two JVMs have to find each other.
  void endsCompleteThoughANodeIsKilled() throws IOException {
    for (int i = 0; i < 200; i++) {
      try (JarOutputStream jar =
          new JarOutputStream(Files.newOutputStream(directory.resolve("a" + i + ".jar")))) {
        jar.putNextEntry(new JarEntry("empty"));
      }
    }

    SampleRun run = SampleRun.of("cluster", directory.toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("killed half-way", "asked to end", "200 of 200 jars in");
    assertThat(ProcessHandle.current().children()).isEmpty();
  }

  @Test
  void saysThatThereIsNoJar() {
    SampleRun run = SampleRun.of("cluster", directory.toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("There is no jar under " + directory);
  }
}
