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
import java.util.Random;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
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

  @Test
  void aRecordingThatJcmdTakesOfTheJarsHasTasksAndWorkers() throws Exception {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    assumeTrue(Files.exists(jcmd), "this JDK has no jcmd");
    Path jar = directory.resolve("a.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      // Enough to read for longer than the millisecond from which runs are recorded.
      byte[] noise = new byte[8 * 1_024 * 1_024];
      new Random(1).nextBytes(noise);
      out.putNextEntry(new JarEntry("noise"));
      out.write(noise);
    }
    ProcessBuilder sample = sample("jars");
    sample.command().addAll(List.of("--console", directory.toString()));
    Process process = sample.start();
    BufferedReader lines = process.inputReader();
    String pid = String.valueOf(process.pid());
    Path file = directory.resolve("jars.jfr");

    assertThat(lines.readLine()).contains("press Enter to begin");
    run(jcmd, pid, "JFR.start", "name=jars");
    process.outputWriter().append('\n').flush();
    for (String line = ""; !line.equals("Press Enter to end."); ) {
      line = lines.readLine();
      assertThat(line).isNotNull();
    }
    run(jcmd, pid, "JFR.dump", "name=jars", "filename=" + file);
    process.outputWriter().append('\n').close();

    assertThat(process.waitFor()).isZero();
    List<RecordedEvent> events = RecordingFile.readAllEvents(file);
    assertThat(events)
        .filteredOn(event -> event.getEventType().getName().equals("dev.poolwright.Task"))
        .extracting(event -> event.getString("name") + " " + event.getString("worker"))
        .contains("JarInspector.inspect(String) jars-1");
    assertThat(events)
        .filteredOn(event -> event.getEventType().getName().equals("dev.poolwright.WorkerStart"))
        .anyMatch(event -> event.getLong("pid") > 0);
  }

  private void run(Path program, String... arguments) throws Exception {
    List<String> line = new ArrayList<>(List.of(program.toString()));
    line.addAll(List.of(arguments));
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    assertThat(process.waitFor()).as(Files.readString(output)).isZero();
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

  /** But for what is said of a virtual pool, which code of the documentation has, on Java 17. */
  private String errors() throws IOException {
    return Files.readString(directory.resolve("errors"))
        .replaceAll(".*Guard log\\R.*virtual threads of pools.*\\R", "");
  }

  private static String firstLine(Process process) throws IOException {
    BufferedReader reader = process.inputReader();
    return String.valueOf(reader.readLine());
  }
}
