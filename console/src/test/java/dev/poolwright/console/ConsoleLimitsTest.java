package dev.poolwright.console;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.ThreadPoolConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many browsers, tasks and workers, and browsers that read nothing. Snapshots come fast here. */
@Timeout(60)
final class ConsoleLimitsTest {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final int WORKERS = 500;

  private final CountDownLatch gate = new CountDownLatch(1);
  private Pools pools;
  private Console console;

  @BeforeEach
  void start() throws IOException {
    pools =
        Pools.builder()
            .pool(ThreadPoolConfig.named("io").maxWorkers(2).queueCapacity(20_000))
            .pool(ThreadPoolConfig.named("wide").maxWorkers(WORKERS))
            .build();
    console = start(Duration.ofMillis(10), Duration.ofSeconds(30));
  }

  private Console start(Duration tick, Duration limit) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return Console.start(pools, address, tick, limit);
  }

  @AfterEach
  void close() {
    gate.countDown();
    console.close();
    pools.close();
  }

  private void occupy() {
    Pool wide = pools.pool("wide");
    for (int i = 0; i < WORKERS; i++) {
      Task<?> unused =
          wide.submit(
              () -> {
                gate.await();
                return 0;
              });
    }
    while (wide.stats().running() < WORKERS) {
      LockSupport.parkNanos(100_000);
    }
  }

  @Test
  void fiveHundredWorkersAndTensOfThousandsOfTasksKeepThePageSmall() throws Exception {
    occupy();
    Pool io = pools.pool("io");
    List<Task<Integer>> all = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      all.add(io.submit(() -> 1));
    }
    for (Task<Integer> task : all) {
      assertThat(task.join()).isEqualTo(1);
    }
    try (EventStream stream = new EventStream(CLIENT, console.uri())) {
      JsonObject whole = stream.next();
      assertThat(stream.text().length()).isLessThan(200_000);
      assertThat(whole.getAsJsonArray("tasks")).hasSize(200);
      assertThat(whole.get("moreTasks").getAsInt()).isEqualTo(WORKERS - 200);
      assertThat(EventStream.pool(whole, "io").get("succeeded").getAsInt()).isEqualTo(20_000);
      assertThat(runs(EventStream.pool(whole, "io").getAsJsonArray("bars"))).isPositive();
      stream.next();
      assertThat(stream.text().length()).isLessThan(100_000);
    }
  }

  private static int runs(JsonArray bars) {
    int runs = 0;
    for (JsonElement bar : bars) {
      runs += bar.getAsJsonArray().get(5).getAsInt();
    }
    return runs;
  }

  @Test
  void noMoreThanSixteenBrowsersLookUntilOneGoes() throws Exception {
    List<EventStream> open = new ArrayList<>();
    try {
      for (int i = 0; i < 16; i++) {
        open.add(new EventStream(CLIENT, console.uri()));
      }
      for (EventStream stream : open) {
        stream.next();
      }
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> open.add(new EventStream(CLIENT, console.uri())))
          .withMessage("status 503");
      open.remove(0).close();
      while (open.size() < 16) {
        try {
          open.add(new EventStream(CLIENT, console.uri()));
        } catch (IOException e) {
          assertThat(e).hasMessage("status 503"); // Not missed yet.
        }
      }
      open.get(15).next();
    } finally {
      for (EventStream stream : open) {
        stream.close();
      }
    }
  }

  @Test
  void aBrowserThatReadsNothingIsLetGoWhileOthersSeeAllAndFindsAllAnewWhenItIsBack()
      throws Exception {
    occupy();
    console.close();
    // Who is awake may be held up too, but not for sixty of these.
    console = start(Duration.ofMillis(40), Duration.ofSeconds(30));
    String request =
        "GET " + console.uri().getPath() + "events HTTP/1.1\r\nHost: localhost\r\n\r\n";
    try (Socket asleep = new Socket();
        EventStream awake = new EventStream(CLIENT, console.uri())) {
      asleep.setReceiveBufferSize(4_096);
      asleep.setSoTimeout(20_000);
      asleep.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), console.uri().getPort()));
      asleep.getOutputStream().write(request.getBytes(US_ASCII));
      while (isServed(2)) {
        awake.next();
      }
      // What was written before it was let go, and then the end.
      InputStream rest = asleep.getInputStream();
      assertThat(drain(rest)).isPositive();
      pools.pool("io").submit(() -> 1).join();
      awake.until(event -> EventStream.pool(event, "io").get("succeeded").getAsInt() == 1);
    }
    try (EventStream back = new EventStream(CLIENT, console.uri())) {
      assertThat(EventStream.pool(back.next(), "io").get("succeeded").getAsInt()).isEqualTo(1);
    }
  }

  @Test
  void halfOfARequestHoldsNoThreadForLongAndAStreamMayStay() throws Exception {
    try (Console strict = start(Duration.ofMillis(10), Duration.ofSeconds(2));
        EventStream stream = new EventStream(CLIENT, strict.uri())) {
      List<Socket> halves = new ArrayList<>();
      for (int i = 0; i < 31; i++) { // With the stream these are all threads that there are.
        Socket half = new Socket(InetAddress.getLoopbackAddress(), strict.uri().getPort());
        halves.add(half);
        half.setSoTimeout(20_000);
        half.getOutputStream().write("GET / HTTP/1.1\r\nHost: loc".getBytes(US_ASCII));
      }
      for (Socket half : halves) {
        assertThat(drain(half.getInputStream())).as("cut off without an answer").isZero();
        half.close();
      }
      stream.next();
      try (EventStream next = new EventStream(CLIENT, strict.uri())) {
        next.next();
      }
    }
  }

  /** Whether so many streams have been begun and not ended; false only after they were. */
  private boolean isServed(int streams) {
    Thread[] all = new Thread[2 * WORKERS];
    int count = Thread.enumerate(all); // Stacks of all of them would take their time.
    long writers =
        Arrays.stream(all, 0, count)
            .filter(each -> each.getName().matches("console-\\d+"))
            .filter(
                each ->
                    List.of(each.getStackTrace()).stream()
                        .anyMatch(frame -> frame.getMethodName().equals("serve")))
            .count();
    hasBegun |= writers == streams;
    return !hasBegun || writers == streams;
  }

  private boolean hasBegun;

  private static long drain(InputStream in) {
    long all = 0;
    byte[] buffer = new byte[64 * 1_024];
    try {
      for (int read; (read = in.read(buffer)) > 0; ) {
        all += read;
      }
    } catch (IOException e) {
      // Reset: it was let go in the middle of a write.
    }
    return all;
  }
}
