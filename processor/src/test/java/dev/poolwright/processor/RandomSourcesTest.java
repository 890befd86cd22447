package dev.poolwright.processor;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.processor.CompilerRun.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.Diagnostic.Kind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random legal sources compile with the processors as they do without, and what is generated from
 * them is worth no warning. How many: {@code -Dpoolwright.sources=10000}; which: {@code
 * -Dpoolwright.seed}.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
final class RandomSourcesTest {

  private static final int TOGETHER = 50;

  @TempDir Path folder;

  @Test
  void compileAsTheyDoWithoutProcessors() {
    compile(Integer.getInteger("poolwright.sources", 200));
  }

  @Test
  @Tag("slow")
  void compileAsTheyDoWithoutProcessorsAllOfTenThousand() {
    compile(10_000);
  }

  private void compile(int sources) {
    long seed = Long.getLong("poolwright.seed", System.nanoTime());
    System.out.println("RandomSourcesTest: -Dpoolwright.seed=" + seed);
    int legal = 0;
    for (int at = 0; at < sources; at += TOGETHER) {
      legal += compile(seed + at, Math.min(TOGETHER, sources - at));
    }
    // About half of them are; two hundred are sometimes fewer.
    assertThat(legal).as("of so many sources").isGreaterThan(sources / 4);
  }

  /** How many of the sources compile without us; each of those has to compile with us. */
  private int compile(long seed, int count) {
    List<Map<String, String>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(RandomSource.of(seed + i, "demo" + i));
    }
    List<Map<String, String>> legal = legal(all);
    Set<String> files = new HashSet<>();
    legal.forEach(source -> files.addAll(source.keySet()));
    List<String> faults =
        run(legal).stream()
            .filter(said -> said.kind() == Kind.ERROR || isOfGenerated(said, files))
            .filter(said -> !said.text().startsWith("[AsyncBatchClash]"))
            .map(
                said ->
                    "seed "
                        + (seed + Integer.parseInt("0" + packageOf(said).replace("demo", "")))
                        + ": "
                        + said
                        + " at "
                        + line(said))
            .toList();
    assertThat(faults).isEmpty();
    return legal.size();
  }

  /** Those that compile without us; one that does not even parse hides the others' errors. */
  private List<Map<String, String>> legal(List<Map<String, String>> sources) {
    Set<String> illegal =
        run(sources, "-proc:none", "--should-stop=ifError=FLOW").stream()
            .filter(said -> said.kind() == Kind.ERROR)
            .map(RandomSourcesTest::packageOf)
            .collect(toSet());
    if (illegal.isEmpty()) {
      return sources;
    }
    return legal(
        sources.stream()
            .filter(
                source ->
                    source.keySet().stream()
                        .noneMatch(each -> illegal.contains(each.substring(0, each.indexOf('/')))))
            .toList());
  }

  /** The line of generated code. */
  private static String line(Message said) {
    try (Stream<String> lines = Files.lines(Path.of("/" + said.file()))) {
      return lines.skip(Math.max(0, said.line() - 1)).findFirst().orElse("");
    } catch (IOException | UncheckedIOException ofUser) {
      return "";
    }
  }

  private static boolean isOfGenerated(Message said, Set<String> files) {
    boolean isWarning = said.kind() == Kind.WARNING || said.kind() == Kind.MANDATORY_WARNING;
    return isWarning && !files.contains(said.file()) && !said.text().startsWith("[Async");
  }

  private static String packageOf(Message said) {
    return said.file().replaceFirst(".*?(demo\\d+)/.*", "$1");
  }

  private List<Message> run(List<Map<String, String>> sources, String... options) {
    CompilerRun run = new CompilerRun(folder).options("-Xlint:all,-processing,-options");
    run.options("-Xmaxerrs", "1000", "-Xmaxwarns", "1000").options(options);
    sources.forEach(source -> source.forEach(run::source));
    return run.run().messages();
  }
}
