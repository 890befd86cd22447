package dev.poolwright.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs samples as processes of their own, as a shell does. */
@Timeout(120)
@EnabledOnOs({OS.LINUX, OS.MAC})
final class TerminalTest {

  @TempDir Path directory;

  @Test
  void writesPlainTextWhereThereIsNoTerminal() throws Exception {
    Process process = sample("map").start();

    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isZero();
    assertThat(out + errors()).doesNotContain("\r", "\u001b", "\u2588").contains("10 squared is");
  }

  @Test
  void endsQuietlyWhenItsReaderLeaves() throws Exception {
    Process process = sample("threads").start();

    firstLine(process);
    process.getInputStream().close();

    assertThat(process.waitFor()).isEqualTo(141);
    assertThat(errors()).isEmpty();
  }

  @Test
  void saysThatItsOutputCannotBeWritten() throws Exception {
    File full = new File("/dev/full");
    assumeTrue(full.exists());

    for (String arguments : List.of("threads", "--help", "--version")) {
      Process process = sample(arguments).redirectOutput(full).start();

      assertThat(process.waitFor()).as(arguments).isEqualTo(1);
      assertThat(errors())
          .startsWith("Cannot write to standard output: No space left on device")
          .hasLineCount(1);
    }
  }

  @Test
  void endsAtOnceAndQuietlyOnCtrlC() throws Exception {
    for (String command : List.of("threads", "processes", "map", "callback")) {
      ProcessBuilder sample = sample(command);
      if (Files.exists(Path.of("/proc/self"))) {
        // Whoever runs the tests may ignore the signal, which programs inherit.
        sample.command().addAll(0, List.of("env", "--default-signal=INT"));
      }
      Process process = sample.start();
      if (!command.equals("map")) {
        firstLine(process);
      }

      new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();

      assertThat(process.waitFor()).as(command).isEqualTo(130);
      assertThat(errors()).as(command).isEmpty();
    }
  }

  private ProcessBuilder sample(String command) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-Dsun.misc.unsafe.memory.access=allow", "-Dstdout.encoding=UTF-8"));
    // What the tests declare is no part of the samples.
    line.addAll(List.of("-cp", Repository.classPathWithout(getClass()), Main.class.getName()));
    line.add(command);
    return new ProcessBuilder(line).redirectError(directory.resolve("errors").toFile());
  }

  private String errors() throws IOException {
    return Files.readString(directory.resolve("errors"));
  }

  private static String firstLine(Process process) throws IOException {
    BufferedReader reader = process.inputReader();
    return String.valueOf(reader.readLine());
  }
}
