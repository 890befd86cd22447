package dev.poolwright.internal.flight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.internal.LeavesNothingBehind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the flight recorder gets to see, and that nothing is loaded for it before it is started. */
@ExtendWith(LeavesNothingBehind.class)
@Timeout(60)
final class FlightTest {

  private static List<RecordedEvent> read(Path file, String name) throws IOException {
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().equals("dev.poolwright." + name))
        .toList();
  }

  private static String run(Path folder, String... args) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xlog:class+load:stdout"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(FlightProgram.class.getName());
    command.addAll(List.of(args));
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
    String text = Files.readString(output);
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }

  @Test
  void withoutARecordingNoEventClassIsLoadedHereOrInAWorker(@TempDir Path folder) throws Exception {
    String output = run(folder);
    assertThat(output).contains("before", "dev.poolwright.internal.worker.WorkerMain");
    assertThat(output.lines().filter(line -> line.contains("jdk.jfr.Event"))).isEmpty();
    assertThat(output.lines().filter(line -> line.contains("internal.flight.")))
        .filteredOn(line -> !line.contains("FlightProgram"))
        .allMatch(line -> line.contains(".Recorder") || line.contains(".Flown"));
  }

  @Test
  void aRecordingStartedLaterHasTheNextTasksWorkersRefusalsAndFigures(@TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("later.jfr");
    assertThat(run(folder, file.toString())).contains("before", "refused", "after");
    List<RecordedEvent> tasks = read(file, "Task");
    assertThat(tasks).extracting(task -> task.getString("pool")).containsExactly("jvm", "cpu");
    RecordedEvent remote = tasks.get(0);
    assertThat(remote.getLong("pid")).isPositive();
    assertThat(remote.getString("worker")).isEqualTo("jvm-1");
    assertThat(remote.getDuration()).isGreaterThanOrEqualTo(Duration.ofMillis(15));
    RecordedEvent local = tasks.get(1);
    assertThat(local.getString("name")).isEqualTo("cpu.submit(FlightProgram lambda)");
    assertThat(local.getString("outcome")).isEqualTo("SUCCEEDED");
    assertThat(local.getString("worker")).isEqualTo("cpu-1");
    assertThat(local.getLong("pid")).isZero();
    assertThat(local.getDuration("queued")).isPositive();
    assertThat(read(file, "Rejected").get(0).getString("reason")).contains("rejected");
    assertThat(read(file, "WorkerEnd"))
        .extracting(end -> end.getString("worker") + " " + end.getString("reason"))
        .containsExactlyInAnyOrder("cpu-1 shutdown", "jvm-1 retired");
    assertThat(read(file, "PoolStatistics"))
        .extracting(figures -> figures.getString("pool"))
        .contains("cpu", "jvm");
  }
}
