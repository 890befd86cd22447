package dev.poolwright.console;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.Task;
import dev.poolwright.TaskContext;
import dev.poolwright.TaskStatus;
import dev.poolwright.ThreadPoolConfig;
import dev.poolwright.annotation.SaturationPolicy;
import java.io.InputStream;
import java.io.Writer;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser; {@code -Dscreenshots=FOLDER} keeps pictures of it. */
@Tag("browser")
@Timeout(120)
@SuppressWarnings("try") // close waits for the browser
final class BrowserTest {

  @TempDir(cleanup = CleanupMode.NEVER)
  private Path folder;

  private final CountDownLatch gate = new CountDownLatch(1);

  private int stuck() throws InterruptedException {
    TaskContext.current().progress(0.4, "page <i>4</i> of 10");
    gate.await();
    return 0;
  }

  private static int inJvm(int millis) throws InterruptedException {
    Thread.sleep(millis);
    return millis;
  }

  private static int crash() {
    Runtime.getRuntime().halt(9);
    return 0;
  }

  private static int oops() {
    throw new IllegalStateException("<script>document.title = 'gone'</script>");
  }

  private static int work() throws InterruptedException {
    Thread.sleep((long) (Math.random() * 120));
    return 1;
  }

  private static Pools pools() {
    return Pools.builder()
        .pool(ThreadPoolConfig.named("io").maxWorkers(6))
        .pool(ThreadPoolConfig.named("odd").maxWorkers(1))
        .pool(
            ProcessPoolConfig.named("jvm")
                .maxWorkers(2)
                .jvmArgs("-Xmx64m", "-XX:TieredStopAtLevel=1"))
        .build();
  }

  @Test
  void numbersMoveAStackCanBeReadACrashShowsAndTextStaysText() throws Exception {
    Optional<String> program = Chromium.program();
    assumeTrue(program.isPresent(), "there is no chromium or google-chrome on the PATH");
    String pictures = System.getProperty("screenshots");
    try (Pools pools = pools();
        Timeline timeline = Timeline.record(pools, folder.resolve("run.html"));
        Console console = Console.start(pools, 0);
        Chromium chromium = new Chromium(program.get(), folder.resolve("profile"));
        AutoCloseable opener = gate::countDown) {
      chromium.look(1280, 900, false);
      chromium.open(console.uri().toString());
      chromium.until("document.querySelector('#link.live')");
      Task<Integer> stuck = pools.pool("io").submit(() -> stuck());
      List<Task<Integer>> tasks = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        tasks.add(pools.pool("io").submit(() -> work()));
      }
      tasks.add(pools.pool("odd").submit(() -> oops()));
      tasks.add(pools.pool("jvm").submit(() -> inJvm(1_500)));
      tasks.add(pools.pool("jvm").submit(() -> crash()));
      String figure =
          "Number(document.querySelector('[data-pool=io] [data-figure=total]').textContent)";
      chromium.until(figure + " > 0");
      int before = chromium.value(figure).getAsInt();
      chromium.until(figure + " > " + before);
      chromium.until("document.querySelector('#failures').textContent.includes('worker JVM')");
      chromium.until("document.querySelector('#failures').textContent.includes('oops(')");
      chromium.until("document.querySelectorAll('.uplot canvas').length === 4");
      chromium.until("document.querySelector('#tasks').textContent.includes('40 % page <i>4')");
      assertThat(
              chromium
                  .value("document.querySelectorAll('main script, main b, main i').length")
                  .getAsInt())
          .isZero();
      assertThat(chromium.value("document.title").getAsString()).isEqualTo("Poolwright");
      chromium.until(
          "[...document.querySelectorAll('.chart')].map(chart => chart.checkVisibility() ?"
              + " chart.parentElement.dataset.pool : 'none').join() === 'none,io,jvm,odd'");
      for (int width : new int[] {1280, 390}) {
        chromium.look(width, 900, false);
        chromium.until("document.querySelector('#jvms td:last-child').clientWidth >= 180");
        chromium.until(
            "innerWidth === "
                + width
                + " && document.documentElement.scrollWidth <= innerWidth"
                + " && [...document.querySelectorAll('.uplot')].every(chart =>"
                + " chart.getBoundingClientRect().right"
                + " <= chart.closest('.pool').getBoundingClientRect().right)");
      }
      chromium.look(1280, 900, false);
      if (pictures != null) {
        for (boolean isDark : new boolean[] {false, true}) {
          for (int width : new int[] {1280, 390}) {
            chromium.look(width, 900, isDark);
            chromium.value("new Promise(r => setTimeout(() => r(true), 1500))");
            chromium.screenshot(Path.of(pictures, (isDark ? "dark-" : "light-") + width + ".png"));
          }
        }
        chromium.look(1280, 900, false);
      }
      chromium.value(
          "[...document.querySelectorAll('#tasks tr')].find(r =>"
              + " r.textContent.includes('40 %')).querySelector('button').click()");
      chromium.until(
          "document.querySelector('#stack-text').textContent.includes('BrowserTest.stuck')");
      gate.countDown();
      assertThat(stuck.get(20, TimeUnit.SECONDS)).isZero();
      for (Task<Integer> task : tasks) {
        assertThat(task.handle((result, failure) -> true).get(20, TimeUnit.SECONDS)).isTrue();
      }
      timeline.close();
      chromium.open(folder.resolve("run.html").toUri().toString());
      chromium.until("document.querySelector('#summary').textContent.includes('runs in')");
      chromium.until("document.querySelectorAll('#methods tr').length === 3");
      if (pictures != null) {
        chromium.screenshot(Path.of(pictures, "timeline.png"));
      }
    }
  }

  static final CountDownLatch ODD = new CountDownLatch(1);

  static class OddWaiting implements Callable<Integer> {
    @Override
    public Integer call() throws InterruptedException {
      TaskContext.current().progress(0.7, "<b>seventy</b>");
      ODD.await();
      return 0;
    }
  }

  static class OddFailing implements Callable<Integer> {
    @Override
    public Integer call() {
      throw new IllegalStateException("<i>no</i><script>isBad = true</script>");
    }
  }

  /** A task is named after its class. No language writes such a name, but the JVM takes it. */
  private static Callable<?> odd(Class<?> work) throws Exception {
    String file = work.getName().substring(work.getPackageName().length() + 1) + ".class";
    try (InputStream in = requireNonNull(BrowserTest.class.getResourceAsStream(file))) {
      String code = new String(in.readAllBytes(), ISO_8859_1).replace("$Odd", "$<b>");
      Class<?> renamed = MethodHandles.lookup().defineClass(code.getBytes(ISO_8859_1));
      return (Callable<?>) renamed.getDeclaredConstructor().newInstance();
    }
  }

  @Test
  void whatWouldBeHtmlIsText() throws Exception {
    Optional<String> program = Chromium.program();
    assumeTrue(program.isPresent(), "there is no chromium or google-chrome on the PATH");
    Path picture = folder.resolve("odd.html");
    try (Pools pools =
            Pools.builder()
                .pool(
                    ThreadPoolConfig.named("odd")
                        .maxWorkers(1)
                        .queueCapacity(1)
                        .whenSaturated(SaturationPolicy.CALLER_RUNS))
                .build();
        Timeline timeline = Timeline.record(pools, picture);
        Console console = Console.start(pools, 0);
        Chromium chromium = new Chromium(program.get(), folder.resolve("odd-profile"));
        AutoCloseable opener = ODD::countDown) {
      Pool pool = pools.pool("odd");
      Task<?> failed = pool.submit(odd(OddFailing.class));
      assertThat(failed.handle((result, failure) -> true).get(20, TimeUnit.SECONDS)).isTrue();
      // The worker has the first, the queue the second, and a thread of the test the third.
      Callable<?> waiting = odd(OddWaiting.class);
      List<Task<?>> tasks = new ArrayList<>(List.of(pool.submit(waiting), pool.submit(waiting)));
      chromium.open(console.uri().toString());
      chromium.until("document.querySelectorAll('#tasks progress:not([hidden])').length === 1");
      Thread caller =
          new Thread(() -> tasks.add(pool.submit(waiting)), "<u>caller</u><script>isBad=true");
      caller.start();
      chromium.until("document.querySelectorAll('#tasks progress:not([hidden])').length === 2");
      chromium.value("document.querySelector('#tasks button').click()");
      chromium.until(
          "document.querySelector('#stack-text').textContent.includes('BrowserTest$<b>Waiting.call')");
      for (String text : List.of("BrowserTest$<b>Waiting", "<b>seventy</b>", "<i>no</i><script>")) {
        assertThat(chromium.value("document.body.textContent").getAsString()).contains(text);
      }
      assertThat(chromium.value("document.querySelectorAll('#failures details').length").getAsInt())
          .isEqualTo(1);
      noHtml(chromium);
      ODD.countDown();
      caller.join();
      for (Task<?> task : tasks) {
        assertThat(task.handle((result, failure) -> true).get(20, TimeUnit.SECONDS)).isTrue();
      }
      timeline.close();
      chromium.open(picture.toUri().toString());
      chromium.until("document.querySelectorAll('#methods tr').length === 2");
      assertThat(chromium.value("document.body.textContent").getAsString())
          .contains("BrowserTest$<b>Waiting");
      noHtml(chromium);
    }
  }

  private static void noHtml(Chromium chromium) {
    assertThat(chromium.value("document.querySelectorAll('img, b, i, u').length").getAsInt())
        .isZero();
    assertThat(chromium.value("document.querySelectorAll('main script').length").getAsInt())
        .isZero();
    assertThat(chromium.value("typeof isBad").getAsString()).isEqualTo("undefined");
  }

  @Test
  void aTimelineOfAMillionRunsOpensWithinThreeSecondsAndSaysWhatIsMissing() throws Exception {
    Optional<String> program = Chromium.program();
    assumeTrue(program.isPresent(), "there is no chromium or google-chrome on the PATH");
    List<Runs.RecordedRun> runs = new ArrayList<>();
    for (int worker = 1; worker <= 500; worker++) {
      Runs.WorkerId by = new Runs.WorkerId("io", "THREAD", "io-" + worker, 0);
      for (int i = 0; i < 2_000; i++) {
        long start = i * 1_000_000L + worker;
        long end = start + 900_000;
        runs.add(
            new Runs.RecordedRun(
                by, "get", runs.size(), 0, start, start, end, end, TaskStatus.SUCCEEDED, null));
      }
    }
    Path page = folder.resolve("million.html");
    try (Writer out = Files.newBufferedWriter(page)) {
      PictureFile.write(out, new Tracks(new Runs.Recording(runs, List.of(), 2_000_000_000L, 7, 0)));
    }
    try (Chromium chromium = new Chromium(program.get(), folder.resolve("profile"))) {
      chromium.look(1280, 900, false);
      double millis = 3_000;
      for (int i = 0; i < 3 && millis >= 3_000; i++) { // Others may use the machine meanwhile.
        millis = millisToOpen(page, chromium);
        System.out.printf("open a timeline of a million runs: %.0f ms%n", millis);
      }
      assertThat(millis).isLessThan(3_000);
    }
  }

  private static double millisToOpen(Path page, Chromium chromium) throws Exception {
    chromium.open(page.toUri().toString());
    chromium.until(
        "document.querySelector('#summary').textContent.startsWith('1,000,000 runs')"
            + " && document.querySelector('#summary').textContent.includes('7 later runs were')"
            + " && performance.getEntriesByType('navigation')[0].loadEventEnd > 0");
    return chromium
        .value("performance.getEntriesByType('navigation')[0].loadEventEnd")
        .getAsDouble();
  }
}
