package dev.poolwright.internal.process.start;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.Pools;
import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.ThreadPoolConfig;
import dev.poolwright.internal.LeavesNothingBehind;
import dev.poolwright.spi.Call;
import dev.poolwright.spi.CallSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a JVM loads until its first call runs: each class costs a fresh JVM time. */
@Timeout(60)
@ExtendWith(LeavesNothingBehind.class)
final class StartTest {

  /** With what a lambda, a concatenation or a switch makes where it is first met. */
  private static final List<String> SLOW =
      List.of(
          "$$Lambda",
          "$$StringConcat",
          "java.util.regex.Pattern$",
          "java.util.stream.",
          "java.io.DataInputStream",
          "java.io.DataOutputStream");

  private static final int MOST_OF_OURS = 55;
  private static final int MOST_OF_OURS_IN_AN_APPLICATION = 115;
  private static final int MOST_LAMBDAS_IN_AN_APPLICATION = 4;

  /**
   * Loaded when the run word is mapped. On a busy machine the preparation waits no longer for the
   * first answer.
   */
  private static final String MAPS = "java.nio.channels.FileChannel$MapMode";

  /** Loaded by the call, and so the end of the start. */
  static final class Mark {
    static int made() {
      return 7;
    }
  }

  record First() implements Call<Object, Integer> {
    @Override
    public Integer on(Object none) {
      return Mark.made();
    }
  }

  @Test
  void loadsNothingThatIsSlow(@TempDir Path folder) throws IOException {
    assertThat(beforeTheFirstCall(folder))
        .noneMatch(name -> SLOW.stream().anyMatch(name::contains));
  }

  @Test
  void loadsFewClassesOfThisLibrary(@TempDir Path folder) throws IOException {
    assertThat(beforeTheFirstCall(folder))
        .filteredOn(name -> name.startsWith("dev.poolwright."))
        .hasSizeBetween(10, MOST_OF_OURS);
  }

  /** An application with one pool of threads. */
  static final class Application {
    private Application() {}

    public static void main(String[] args) {
      try (Pools pools =
          Pools.builder().pool(ThreadPoolConfig.named("cpu").maxWorkers(1)).build()) {
        CallSite<Object> site = CallSite.ofStatic(Object.class, "first()", "cpu").open(pools);
        System.exit(site.submit(null, new First()).join());
      }
    }
  }

  @Test
  void anApplicationLoadsFewClassesUntilItsFirstAnswer(@TempDir Path folder) throws Exception {
    Path log = folder.resolve("loaded");
    Process application =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + log,
                "-cp",
                System.getProperty("java.class.path"),
                Application.class.getName())
            .inheritIO()
            .start();
    assertThat(application.waitFor()).isEqualTo(7);
    List<String> ours =
        beforeTheMark(log).stream().filter(name -> name.startsWith("dev.poolwright.")).toList();
    assertThat(ours).hasSizeBetween(50, MOST_OF_OURS_IN_AN_APPLICATION);
    assertThat(ours)
        .filteredOn(name -> name.contains("$$Lambda"))
        .hasSizeLessThanOrEqualTo(MOST_LAMBDAS_IN_AN_APPLICATION);
  }

  /** Names of classes, but for those that the JVM takes from its archive anyhow. */
  private static List<String> beforeTheFirstCall(Path folder) throws IOException {
    Path log = folder.resolve("loaded");
    ProcessPoolConfig cpu =
        ProcessPoolConfig.named("cpu").maxWorkers(1).jvmArgs("-Xlog:class+load:file=" + log);
    try (Pools pools = Pools.builder().pool(cpu).build()) {
      CallSite<Object> site = CallSite.ofStatic(Object.class, "first()", "cpu").open(pools);
      assertThat(site.submit(null, new First()).join()).isEqualTo(7);
    }
    return beforeTheMark(log);
  }

  private static List<String> beforeTheMark(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    assertThat(lines).anyMatch(line -> line.contains(Mark.class.getName()));
    return lines.stream()
        .takeWhile(line -> !line.contains(Mark.class.getName()) && !line.contains(MAPS))
        .filter(not(line -> line.contains("shared objects file")))
        .map(line -> line.substring(line.lastIndexOf(']') + 2))
        .toList();
  }
}
