package dev.poolwright.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.condition.OS.LINUX;

import dev.poolwright.internal.LeavesNothingBehind;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Which options of the application its worker JVMs have. */
@Timeout(120)
@ExtendWith(LeavesNothingBehind.class)
final class OptionsTest {
  private static final String MAIN = OptionsProgram.class.getName();

  private static final String CLASS_PATH = System.getProperty("java.class.path");

  @TempDir Path temp;

  /** What the program prints of its worker JVM. */
  private String worker(String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx64m");
    command.addAll(List.of(options));
    Path out = temp.resolve("out.txt");
    ProcessBuilder builder = new ProcessBuilder(command).directory(temp.toFile());
    builder.environment().keySet().removeIf(name -> name.endsWith("JAVA_OPTIONS"));
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    int exitCode = builder.redirectErrorStream(true).redirectOutput(out.toFile()).start().waitFor();
    String said = Files.readString(out);
    assertThat(exitCode).describedAs(said).isZero();
    return said.lines().filter(line -> line.startsWith("worker: ")).collect(Collectors.joining());
  }

  private static String rights(String... given) {
    return Stream.of(
            "added", "asserts", "booted", "exports", "heap", "native", "opens", "patched",
            "preview", "reads")
        .map(right -> right + "=" + List.of(given).contains(right))
        .collect(Collectors.joining(", ", "worker: {", "}"));
  }

  @Test
  void aWorkerMayDoWhatTheCommandLineLetsTheApplicationDo() throws Exception {
    Files.writeString(Files.createDirectory(temp.resolve("patch")).resolve("patched.txt"), "");
    Files.writeString(Files.createDirectory(temp.resolve("boot")).resolve("booted.txt"), "");
    assertThat(
            worker(
                "--add-opens",
                "java.base/java.util.zip=ALL-UNNAMED",
                "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                "--add-reads=java.base=java.logging",
                "--add-modules=jdk.incubator.vector",
                "--patch-module",
                "java.logging=patch",
                "-Xbootclasspath/a:nothing:boot",
                "--enable-native-access=ALL-UNNAMED",
                "--enable-preview",
                "-ea",
                "-cp",
                CLASS_PATH,
                MAIN))
        .isEqualTo(
            rights(
                "opens", "exports", "reads", "added", "patched", "booted", "native", "preview",
                "asserts"));
  }

  @Test
  void aWorkerHasTheOptionsOfAnArgumentFile() throws Exception {
    Files.writeString(
        temp.resolve("options"), "--add-opens java.base/java.util.zip=ALL-UNNAMED\n-ea:dev...");
    assertThat(worker("@options", "-cp", CLASS_PATH, MAIN)).isEqualTo(rights("opens", "asserts"));
  }

  @Test
  void aWorkerMayDoWhatTheManifestOfTheJarLetsTheApplicationDo() throws Exception {
    Manifest manifest = PackedClasses.manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MAIN_CLASS, MAIN);
    attributes.put(
        Attributes.Name.CLASS_PATH,
        Stream.of(CLASS_PATH.split(File.pathSeparator))
            .map(entry -> Path.of(entry).toUri().toString())
            .collect(Collectors.joining(" ")));
    attributes.putValue("Add-Opens", "java.base/java.util.zip java.base/java.util");
    attributes.putValue("Add-Exports", "java.base/jdk.internal.misc");
    write(temp.resolve("a b.jar"), manifest);
    assertThat(worker("-jar", "a b.jar")).isEqualTo(rights("opens", "exports"));
  }

  private static void write(Path jar, Manifest manifest) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      out.finish();
    }
  }

  @Test
  @EnabledOnOs(LINUX)
  void theListOfProcessesNamesPoolAndWorker() throws Exception {
    try (Cpu cpu = new Cpu(Cpu.config(1))) {
      assertThat(cpu.submit(() -> ProcessHandle.current().info().commandLine().orElse("")).join())
          .contains("/bin/java -Dpoolwright.worker=cpu-1 ");
    }
  }
}
