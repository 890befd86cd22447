package dev.poolwright.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.Pools;
import dev.poolwright.annotation.Async;
import dev.poolwright.internal.LeavesNothingBehind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Worker JVMs that are started after some others have ended take an archive of classes, which only
 * a program has that runs with this library as a jar.
 */
@Timeout(180)
@ExtendWith(LeavesNothingBehind.class)
class ClassArchiveTest {
  @TempDir Path temp;
  private Path jar;
  private Path directory;

  @BeforeEach
  void pack() throws IOException {
    jar = temp.resolve("poolwright-runtime-1.2.3.jar");
    Path home = PackedClasses.home(Pools.class);
    if (Files.isDirectory(home)) {
      PackedClasses.pack(home, PackedClasses.manifest(), jar);
    } else {
      Files.copy(home, jar);
    }
    directory = Files.createDirectory(temp.resolve("tmp dir"));
  }

  private record Run(List<String> out, List<String> err) {}

  private Run run(String... arguments) throws IOException, InterruptedException {
    List<Object> entries =
        new ArrayList<>(
            List.of(
                jar, PackedClasses.home(Async.class), PackedClasses.home(ArchivedProgram.class)));
    entries.addAll(PackedClasses.libraries());
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-Djava.io.tmpdir=" + directory,
                "-cp",
                PackedClasses.path(entries),
                ArchivedProgram.class.getName()));
    command.addAll(List.of(arguments));
    Path out = temp.resolve("out.txt");
    Path err = temp.resolve("err.txt");
    ProcessBuilder builder = new ProcessBuilder(command).directory(temp.toFile());
    builder.environment().keySet().removeIf(name -> name.endsWith("JAVA_OPTIONS"));
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    int exitCode = process.waitFor();
    Run run =
        new Run(
            Files.readAllLines(out, StandardCharsets.UTF_8),
            Files.readAllLines(err, StandardCharsets.UTF_8));
    assertThat(exitCode).as("%s", run).isZero();
    return run;
  }

  private void assertDirectoryIsEmpty() throws IOException {
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  @DisplayName("classes of this library come out of the archive, without a word and without a rest")
  void takesArchive() throws Exception {
    Path loaded = temp.resolve("loaded");
    Run run = run("use", "-Xmx64m", "-Xlog:class+load:file=" + loaded + "-%p.log");
    assertThat(run.err).isEmpty();
    assertThat(run.out).hasSize(4);
    assertThat(run.out.subList(0, 2)).containsExactly("early: ", "fourth: , making");
    assertThat(run.out.get(3)).isEqualTo("left: false, false, false");
    String pid = run.out.get(2).replace("pid ", "");
    assertThat(Files.readAllLines(Path.of(loaded + "-" + pid + ".log")))
        .anyMatch(
            line ->
                line.contains("dev.poolwright.internal.worker.WorkerMain source: shared objects"))
        .anyMatch(
            line -> line.contains("dev.poolwright.internal.worker.Run source: shared objects"));
    assertDirectoryIsEmpty();
  }

  @Test
  @DisplayName("a collector of the user's own has an archive of its own")
  void takesOtherCollector() throws Exception {
    Run run = run("use", "-XX:+UseG1GC");
    assertThat(run.err).isEmpty();
    assertThat(run.out).hasSize(4).endsWith("left: false, false, false");
    assertDirectoryIsEmpty();
  }

  @Test
  @DisplayName("a pool that ends while its archive is made leaves nothing of that")
  void endsMaking() throws Exception {
    Run run = run("close");
    assertThat(run.err).isEmpty();
    assertThat(run.out).containsExactly("early: ", "fourth: , making", "left: false, false, false");
    assertDirectoryIsEmpty();
  }

  @Test
  @DisplayName("an archive that a JVM may die of costs no task, and is not taken again")
  void dropsDamagedArchive() throws Exception {
    Run run = run("cut");
    // Java 17 dies of it, and says so; Java 25 looks at its length, and passes over it.
    List<String> own = run.out.stream().filter(line -> !line.startsWith("[cpu-")).toList();
    assertThat(own).hasSize(5).endsWith("left: false, false, false");
    assertThat(own.get(2)).startsWith("cut: ");
    assertThat(own.get(3)).isEqualTo(own.get(2).replace("cut: ", "then: "));
    boolean hasDied = run.out.size() > own.size();
    assertThat(own.get(3).equals("then: ")).as("%s", run).isEqualTo(hasDied);
  }

  @Test
  @DisplayName("a jar that was replaced meanwhile is read, and its archive passed over in silence")
  void passesOverArchive() throws Exception {
    Run run = run("replace");
    assertThat(run.err).isEmpty();
    assertThat(run.out).hasSize(5).contains("replaced: true").endsWith("left: false, false, false");
    assertDirectoryIsEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-Xshare:auto", "-XX:SharedArchiveFile=other.jsa"})
  @DisplayName("options about archives are the user's: none is made")
  void leavesArchivesToUser(String option) throws Exception {
    Run run = run("close", option, "-Xlog:cds*=off:stderr");
    assertThat(run.err).isEmpty();
    assertThat(run.out).hasSize(3).noneMatch(line -> line.endsWith("making"));
    assertDirectoryIsEmpty();
  }
}
