package dev.poolwright.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.poolwright.Pool;
import dev.poolwright.PoolListener;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.TaskStatus;
import dev.poolwright.ThreadPoolConfig;
import dev.poolwright.console.Runs.RecordedRun;
import dev.poolwright.console.Runs.Recording;
import dev.poolwright.console.Runs.WorkerId;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a recording writes, read by a parser of JSON. */
@Timeout(60)
@SuppressWarnings("try") // a recording is there to be closed
final class TimelineTest {

  @TempDir private Path folder;

  private static Pools pools() {
    return Pools.builder()
        .pool(ThreadPoolConfig.named("io").maxWorkers(3))
        .pool(ThreadPoolConfig.named("cpu").maxWorkers(2))
        .build();
  }

  private static int oops() {
    throw new IllegalStateException("</script><script>alert(1)</script>");
  }

  private static List<JsonObject> events(JsonObject trace, String phase) {
    List<JsonObject> events = new ArrayList<>();
    for (JsonElement event : trace.getAsJsonArray("traceEvents")) {
      if (event.getAsJsonObject().get("ph").getAsString().equals(phase)) {
        events.add(event.getAsJsonObject());
      }
    }
    return events;
  }

  private static JsonObject parse(Path file) throws IOException {
    return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
  }

  private static String track(JsonObject event) {
    return event.get("pid") + "/" + event.get("tid");
  }

  /** Thousandths of a microsecond, which are whole. */
  private static long nanos(JsonObject event, String field) {
    return event.get(field).getAsBigDecimal().movePointRight(3).longValueExact();
  }

  private static void assertNested(JsonObject trace) {
    Map<String, Deque<Long>> open = new HashMap<>();
    Map<String, Long> last = new HashMap<>();
    for (JsonObject slice : events(trace, "X")) {
      long start = nanos(slice, "ts");
      long end = start + nanos(slice, "dur");
      if (slice.get("cat").getAsString().equals("task")) {
        assertThat(start).as("order").isGreaterThanOrEqualTo(last.getOrDefault(track(slice), 0L));
        last.put(track(slice), start);
      }
      Deque<Long> ends = open.computeIfAbsent(track(slice), key -> new ArrayDeque<>());
      while (!ends.isEmpty() && ends.element() <= start) {
        ends.pop();
      }
      if (!ends.isEmpty()) {
        assertThat(end).as("end of %s", slice).isLessThanOrEqualTo(ends.element());
      }
      ends.push(end);
    }
  }

  @Test
  @SuppressWarnings("FutureReturnValueIgnored") // The inner task is the result.
  void poolsAreProcessesWorkersAreTracksAndArrowsLeadToWhatCallbacksSubmit() throws Exception {
    try (Pools pools = pools()) {
      Pool io = pools.pool("io");
      Pool cpu = pools.pool("cpu");
      try (Timeline timeline = Timeline.record(pools, folder.resolve("run.html"))) {
        List<Task<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
          int number = i;
          tasks.add(io.submit(() -> cpu.submit(() -> number * number)).thenCompose(inner -> inner));
        }
        for (Task<Integer> task : tasks) {
          assertThat(task.join()).isNotNegative();
        }
        Task<Integer> failed = io.submit(() -> oops());
        assertThatExceptionOfType(RuntimeException.class).isThrownBy(failed::join);
        while (io.stats().running() + cpu.stats().running() > 0) {
          LockSupport.parkNanos(100_000);
        }
      }
    }
    JsonObject trace = parse(folder.resolve("run.json"));
    assertNested(trace);
    assertThat(events(trace, "X")).hasSizeGreaterThanOrEqualTo(41);
    Map<String, String> processes = new HashMap<>();
    Map<String, String> threads = new HashMap<>();
    for (JsonObject event : events(trace, "M")) {
      String name = event.get("name").getAsString();
      String value = event.getAsJsonObject("args").asMap().values().iterator().next().getAsString();
      if (name.equals("process_name")) {
        processes.put(event.get("pid").getAsString(), value);
      } else if (name.equals("thread_name")) {
        threads.put(track(event), value);
      }
    }
    assertThat(processes).containsOnly(Map.entry("1", "pool cpu"), Map.entry("2", "pool io"));
    Map<String, JsonObject> slices = new HashMap<>();
    for (JsonObject slice : events(trace, "X")) {
      assertThat(threads).containsKey(track(slice));
      if (slice.get("cat").getAsString().equals("task")) {
        slices.put(slice.getAsJsonObject("args").get("number").getAsString(), slice);
      }
    }
    Map<String, JsonObject> starts = new HashMap<>();
    events(trace, "s").forEach(flow -> starts.put(flow.get("id").getAsString(), flow));
    assertThat(starts).hasSize(20);
    assertThat(events(trace, "f")).hasSize(20);
    for (JsonObject arrival : events(trace, "f")) {
      JsonObject start = starts.get(arrival.get("id").getAsString());
      JsonObject slice = slices.get(arrival.get("id").getAsString());
      assertThat(processes.get(start.get("pid").getAsString())).isEqualTo("pool io");
      assertThat(track(arrival)).isEqualTo(track(slice));
      assertThat(nanos(arrival, "ts")).isEqualTo(nanos(slice, "ts"));
      assertThat(nanos(start, "ts")).isLessThanOrEqualTo(nanos(arrival, "ts"));
      assertThat(slices.values())
          .anyMatch(
              parent ->
                  track(parent).equals(track(start))
                      && nanos(parent, "ts") <= nanos(start, "ts")
                      && nanos(start, "ts") <= nanos(parent, "ts") + nanos(parent, "dur"));
    }
    assertThat(Files.readString(folder.resolve("run.json"))).contains("IllegalStateException");
  }

  @Test
  void thePageStandsAloneAndHasTheSameRuns() throws Exception {
    try (Pools pools = pools();
        Timeline timeline = Timeline.record(pools, folder.resolve("run"))) {
      pools.pool("io").submit(() -> 1).join();
      while (pools.pool("io").stats().running() > 0) {
        LockSupport.parkNanos(100_000);
      }
      timeline.close();
    }
    String page = Files.readString(folder.resolve("run.html"));
    assertThat(page).doesNotContain("src=", "href=\"http", "@import");
    JsonObject data = data(page);
    assertThat(data.get("runs").getAsInt()).isEqualTo(1);
    assertThat(data.getAsJsonArray("tracks")).hasSize(1);
  }

  private static JsonObject data(String page) {
    String begin = "id=\"data\">";
    String rest = page.substring(page.indexOf(begin) + begin.length());
    return JsonParser.parseString(rest.substring(0, rest.indexOf("</script>"))).getAsJsonObject();
  }

  @Test
  void saysWhatItLeftOut() throws Exception {
    try (Pools pools = pools()) {
      Pool io = pools.pool("io");
      try (Timeline timeline = Timeline.record(pools, folder.resolve("run.json"), 10)) {
        for (int i = 0; i < 25; i++) {
          io.submit(() -> 1).join();
        }
        while (io.stats().running() > 0) {
          LockSupport.parkNanos(100_000);
        }
      }
    }
    JsonObject trace = parse(folder.resolve("run.json"));
    assertThat(events(trace, "X")).hasSizeBetween(10, 20);
    assertThat(trace.getAsJsonObject("otherData").get("leftOut").getAsInt()).isEqualTo(15);
    assertThat(data(Files.readString(folder.resolve("run.html"))).get("leftOut").getAsInt())
        .isEqualTo(15);
  }

  @Test
  void hearsNoMoreOnceItHasEnded() throws Exception {
    try (Pools pools = pools()) {
      Runs runs = new Runs(System.nanoTime(), 100);
      PoolListener.Registration registration = pools.listen(runs);
      CountDownLatch runsNow = new CountDownLatch(1);
      CountDownLatch gate = new CountDownLatch(1);
      Pool io = pools.pool("io");
      Task<?> task =
          io.submit(
              () -> {
                runsNow.countDown();
                gate.await();
                return 1;
              });
      runsNow.await();
      Recording recording = runs.end(io.tasks());
      assertThat(recording.runs())
          .extracting(RecordedRun::status)
          .containsExactly(TaskStatus.RUNNING);
      gate.countDown();
      assertThat(task.get()).isEqualTo(1);
      io.close();
      registration.close();
      assertThat(recording.runs()).hasSize(1);
      assertThat(runs.end(io.tasks()).runs()).hasSize(1);
    }
  }

  @Test
  void drawsARunWhoseFailureDoesNotPrint() throws Exception {
    try (Pools pools = pools()) {
      try (Timeline timeline = Timeline.record(pools, folder.resolve("run.json"))) {
        Task<?> task = pools.pool("io").submit(TimelineTest::unreadable);
        pools.close();
        assertThat(task.isCompletedExceptionally()).isTrue();
      }
    }
    assertThat(events(parse(folder.resolve("run.json")), "X").toString())
        .contains("a failure that does not print: java.lang.AssertionError");
  }

  private static int unreadable() {
    throw new Unreadable();
  }

  @Test
  void namesTheFolderThatIsNotThere() {
    try (Pools pools = pools()) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> Timeline.record(pools, folder.resolve("none/run.html")))
          .withMessageContaining("none");
    }
  }

  private static RecordedRun run(WorkerId worker, long number, long start, long end) {
    return new RecordedRun(
        worker, "<script>", number, 0, start, start, end, end, TaskStatus.SUCCEEDED, null);
  }

  @Test
  void runsThatCrossGetTracksOfTheirOwn() throws Exception {
    WorkerId caller = new WorkerId("io", "THREAD", "caller", 0);
    long ms = 1_000_000;
    List<RecordedRun> runs =
        List.of(
            run(caller, 1, 0, 10 * ms),
            run(caller, 2, 2 * ms, 4 * ms),
            run(caller, 3, 5 * ms, 15 * ms),
            run(caller, 4, 10 * ms - 1000, 12 * ms));
    Tracks tracks = new Tracks(new Recording(runs, List.of(), 20 * ms, 0, 0));
    assertThat(tracks.all).extracting(track -> track.name).containsExactly("caller", "caller [2]");
    assertThat(tracks.all.get(0).runs).extracting(RecordedRun::number).containsExactly(1L, 2L, 4L);
    StringWriter out = new StringWriter();
    TraceFile.write(out, tracks);
    assertNested(JsonParser.parseString(out.toString()).getAsJsonObject());
  }

  @Test
  void runsOfAWorkerJvmThatSeemToCrossShareItsTrack() throws Exception {
    WorkerId jvm = new WorkerId("jvm", "PROCESS", "jvm-1", 77);
    long ms = 1_000_000;
    List<RecordedRun> runs =
        List.of(
            run(jvm, 1, 0, 60 * ms), run(jvm, 2, 10 * ms, 15 * ms), run(jvm, 3, 15 * ms, 70 * ms));
    Tracks tracks = new Tracks(new Recording(runs, List.of(), 80 * ms, 0, 0));
    assertThat(tracks.all).hasSize(1);
    assertThat(tracks.all.get(0).runs)
        .extracting(RecordedRun::startNanos)
        .containsExactly(0L, 60 * ms, 60 * ms);
    StringWriter out = new StringWriter();
    TraceFile.write(out, tracks);
    assertNested(JsonParser.parseString(out.toString()).getAsJsonObject());
  }

  @Test
  void manyShortRunsShareBars() throws Exception {
    WorkerId worker = new WorkerId("io", "THREAD", "io-1", 0);
    List<RecordedRun> runs =
        IntStream.range(0, 200_000)
            .mapToObj(i -> run(worker, i + 1, i * 10_000L, i * 10_000L + 9_000))
            .toList();
    StringWriter out = new StringWriter();
    PictureFile.write(out, new Tracks(new Recording(runs, List.of(), 2_000_000_000L, 0, 0)));
    assertThat(out.toString()).hasSizeLessThan(300_000).doesNotContain("\"<script>");
    JsonObject data = data(out.toString());
    int count = 0;
    for (JsonElement bar :
        data.getAsJsonArray("tracks").get(0).getAsJsonObject().getAsJsonArray("bars")) {
      count += bar.getAsJsonArray().get(3).getAsInt();
    }
    assertThat(count).isEqualTo(200_000);
  }
}
