package dev.poolwright.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.poolwright.Pools;
import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.Task;
import dev.poolwright.TaskContext;
import dev.poolwright.ThreadPoolConfig;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console as a client of HTTP sees it. */
@Timeout(60)
final class ConsoleTest {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final CountDownLatch gate = new CountDownLatch(1);
  private Pools pools;
  private Console console;

  @BeforeEach
  void start() throws IOException {
    pools =
        Pools.builder()
            .pool(ThreadPoolConfig.named("io").maxWorkers(2))
            .pool(
                ProcessPoolConfig.named("jvm")
                    .maxWorkers(1)
                    .jvmArgs("-Xmx64m", "-XX:TieredStopAtLevel=1"))
            .build();
    console = Console.start(pools, 0);
  }

  @AfterEach
  void close() {
    gate.countDown();
    console.close();
    pools.close();
  }

  private HttpResponse<String> get(URI uri, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Runs until the test is over. */
  private void stuck() {
    try {
      TaskContext.current().progress(0.25, "a <b>quarter</b>");
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void sleepLong() throws InterruptedException {
    Thread.sleep(TimeUnit.MINUTES.toMillis(1));
  }

  @Test
  void showsThePageAndItsFilesToWhoKnowsTheToken() throws Exception {
    for (String file : new String[] {"", "console.css", "console.js", "uPlot.iife.min.js"}) {
      HttpResponse<String> response = get(console.uri().resolve(file));
      assertThat(response.statusCode()).as(file).isEqualTo(200);
      assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
          .contains("script-src 'self'", "frame-ancestors 'none'");
    }
    assertThat(get(console.uri().resolve("Console.class")).statusCode()).isEqualTo(404);
    assertThat(console.uri().getHost()).isEqualTo("127.0.0.1");
  }

  @Test
  void showsNothingWithoutTheToken() throws Exception {
    String wrong = "0".repeat(32);
    for (String path : new String[] {"/", "/events", "/" + wrong + "/", "/" + wrong + "/events"}) {
      HttpResponse<String> response = get(console.uri().resolve(path));
      assertThat(response.statusCode()).as(path).isEqualTo(403);
      assertThat(response.body()).doesNotContain("<");
    }
  }

  @Test
  void refusesOtherOriginsHostsAndMethods() throws Exception {
    String own = "http://127.0.0.1:" + console.uri().getPort();
    assertThat(get(console.uri(), "Origin", own).statusCode()).isEqualTo(200);
    assertThat(get(console.uri(), "Origin", "http://evil.example").statusCode()).isEqualTo(403);
    assertThat(get(console.uri(), "Origin", "null").statusCode()).isEqualTo(403);
    assertThat(statusForHost("localhost:1")).contains(" 200 ");
    assertThat(statusForHost("evil.example")).contains(" 403 ");
    assertThat(statusForHost("127.0.0.1.evil.example")).contains(" 403 ");
    HttpRequest post =
        HttpRequest.newBuilder(console.uri()).POST(HttpRequest.BodyPublishers.noBody()).build();
    assertThat(CLIENT.send(post, HttpResponse.BodyHandlers.discarding()).statusCode())
        .isEqualTo(405);
  }

  private String statusForHost(String host) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), console.uri().getPort())) {
      String request =
          "GET "
              + console.uri().getPath()
              + " HTTP/1.1\r\nHost: "
              + host
              + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return reply.substring(0, reply.indexOf('\r'));
    }
  }

  @Test
  void saysThatAPortIsInUse() {
    int port = console.uri().getPort();
    assertThatExceptionOfType(BindException.class)
        .isThrownBy(() -> Console.start(pools, port))
        .withMessageStartingWith("the console cannot listen on 127.0.0.1:" + port)
        .withMessageEndingWith("; give another port, or 0 for any that is free");
  }

  @Test
  void aPropertyStartsOneThatEndsWithThePools() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    System.setProperty("poolwright.console", String.valueOf(port));
    try (Pools built = Pools.builder().build();
        Socket socket = new Socket()) {
      assertThat(built.names()).containsExactly("default");
      socket.connect(address);
    } finally {
      System.clearProperty("poolwright.console");
    }
    assertThatExceptionOfType(ConnectException.class)
        .isThrownBy(() -> new Socket(address.getAddress(), port));
  }

  @Test
  void secondPoolsHaveAPageOfTheirOwnAndTheLogSaysWhere() throws Exception {
    List<String> lines = new CopyOnWriteArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            lines.add(MessageFormat.format(line.getMessage(), line.getParameters()));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger("dev.poolwright.console");
    logger.addHandler(handler);
    System.setProperty("poolwright.console", String.valueOf(console.uri().getPort()));
    try (Pools second = Pools.builder().pool(ThreadPoolConfig.named("other")).build()) {
      assertThat(second.pool("other").submit(() -> 1).join()).isEqualTo(1);
      String line = lines.get(lines.size() - 1);
      Matcher told =
          Pattern.compile(
                  "port %d of poolwright.console is in use, perhaps by other pools of this program;"
                          .formatted(console.uri().getPort())
                      + " pools default, other are at (http\\S+);"
                      + " poolwright.console=0 gives each a port of its own")
              .matcher(line);
      assertThat(told.matches()).as(line).isTrue();
      URI uri = URI.create(told.group(1));
      assertThat(get(uri).body()).contains("<title>Poolwright</title>");
      try (EventStream stream = new EventStream(CLIENT, uri)) {
        assertThat(EventStream.pool(stream.next(), "other").get("succeeded").getAsInt())
            .isEqualTo(1);
      }
    } finally {
      System.clearProperty("poolwright.console");
      logger.removeHandler(handler);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "-1", "65536", "999999"})
  void aPropertyThatIsNoPortIsNamed(String text) {
    System.setProperty("poolwright.console", text);
    try {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new PropertyConsole().opened(pools))
          .withMessage(
              "poolwright.console is " + text + "; must be a port, or 0 for any that is free");
    } finally {
      System.clearProperty("poolwright.console");
    }
  }

  @Test
  void itsNumbersMoveAndTheLastMinuteIsThereFromTheStart() throws Exception {
    pools.pool("io").submit(() -> 1).join();
    try (EventStream stream = new EventStream(CLIENT, console.uri())) {
      stream.until(event -> EventStream.pool(event, "io").get("succeeded").getAsLong() == 1);
      pools.pool("io").submit(() -> 2).join();
      JsonObject event =
          stream.until(next -> EventStream.pool(next, "io").get("succeeded").getAsLong() == 2);
      JsonObject io = EventStream.pool(event, "io");
      assertThat(io.get("maxWorkers").getAsInt()).isEqualTo(2);
      assertThat(io.getAsJsonArray("ran").get(1).getAsDouble()).isPositive();
    }
    try (EventStream stream = new EventStream(CLIENT, console.uri())) {
      JsonArray bars = EventStream.pool(stream.next(), "io").getAsJsonArray("bars");
      int runs = 0;
      for (JsonElement bar : bars) {
        runs += bar.getAsJsonArray().get(5).getAsInt();
      }
      assertThat(runs).isEqualTo(2);
    }
  }

  @Test
  void allBrowsersShareOneSnapshot() throws Exception {
    try (EventStream one = new EventStream(CLIENT, console.uri());
        EventStream two = new EventStream(CLIENT, console.uri())) {
      one.next();
      two.next();
      two.next();
      String heard = two.text();
      do {
        one.next();
      } while (!one.text().equals(heard));
    }
  }

  @Test
  void takesNoSnapshotBeforeABrowserLooks() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    Pools counted =
        (Pools)
            Proxy.newProxyInstance(
                Pools.class.getClassLoader(),
                new Class<?>[] {Pools.class},
                (proxy, method, arguments) -> {
                  looks.addAndGet(method.getName().equals("all") ? 1 : 0);
                  try {
                    return method.invoke(pools, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    try (Console watched = Console.start(counted, 0)) {
      pools.pool("io").submit(() -> 1).join();
      assertThat(get(watched.uri()).statusCode()).isEqualTo(200);
      assertThat(looks).hasValue(0);
      try (EventStream stream = new EventStream(CLIENT, watched.uri())) {
        stream.next();
        assertThat(looks).hasPositiveValue();
      }
    }
  }

  @Test
  void theStackOfAStuckTaskCanBeReadOnThreadsAndInWorkerJvms() throws Exception {
    Task<?> thread = pools.pool("io").submit(this::stuckOnThread);
    Task<?> process = pools.pool("jvm").submit(() -> sleepInJvm());
    try (EventStream stream = new EventStream(CLIENT, console.uri())) {
      JsonObject event =
          stream.until(
              next ->
                  next.getAsJsonArray("tasks").size() == 2
                      && next.toString().contains("quarter")
                      && next.getAsJsonArray("jvms").size() == 1);
      assertThat(stream.text()).doesNotContain("<b>").contains("\\u003cb\\u003e");
      assertThat(event.getAsJsonArray("jvms").get(0).getAsJsonObject().get("pid").getAsLong())
          .isPositive();
      for (JsonElement task : event.getAsJsonArray("tasks")) {
        JsonObject running = task.getAsJsonObject();
        String number = running.get("number").getAsString();
        String method = running.get("pool").getAsString().equals("io") ? "stuck" : "sleepLong";
        assertThat(running.get("age").getAsDouble()).isPositive();
        // The worker JVM may not have come to the method yet.
        String stack;
        do {
          HttpResponse<String> response = get(console.uri().resolve("stack?task=" + number));
          assertThat(response.statusCode()).isEqualTo(200);
          stack =
              JsonParser.parseString(response.body())
                  .getAsJsonObject()
                  .getAsJsonArray("frames")
                  .toString();
        } while (!stack.contains("ConsoleTest." + method + "("));
      }
    }
    assertThat(get(console.uri().resolve("stack?task=999999")).statusCode()).isEqualTo(404);
    assertThat(get(console.uri().resolve("stack?task=x")).statusCode()).isEqualTo(404);
    assertThat(thread.cancel(true)).isTrue();
    assertThat(process.cancel(true)).isTrue();
  }

  private int stuckOnThread() {
    stuck();
    return 0;
  }

  private static int sleepInJvm() throws InterruptedException {
    sleepLong();
    return 0;
  }

  private static int crash() {
    Runtime.getRuntime().halt(9);
    return 0;
  }

  private static int unreadable() {
    throw new Unreadable();
  }

  @Test
  void aFailureThatDoesNotPrintHoldsUpNoPage() throws Exception {
    Task<Integer> failed = pools.pool("io").submit(ConsoleTest::unreadable);
    assertThat(failed.handle((value, failure) -> failure != null).join()).isTrue();
    try (EventStream stream = new EventStream(CLIENT, console.uri())) {
      stream.until(
          event ->
              event.getAsJsonArray("failures").toString().contains("Unreadable, which does not"));
    }
  }

  @Test
  void aTaskSubmittedBeforeTheConsoleHasNoTimesAndNoBar() throws Exception {
    console.close(); // It listens no more.
    Task<?> old = pools.pool("io").submit(this::stuckOnThread);
    while (pools.pool("io").stats().running() == 0) {
      LockSupport.parkNanos(100_000);
    }
    try (Console late = Console.start(pools, 0);
        EventStream stream = new EventStream(CLIENT, late.uri())) {
      JsonObject task = stream.next().getAsJsonArray("tasks").get(0).getAsJsonObject();
      assertThat(task.has("age")).isFalse();
      gate.countDown();
      JsonObject end =
          stream.until(event -> EventStream.pool(event, "io").get("succeeded").getAsLong() == 1);
      assertThat(EventStream.pool(end, "io").getAsJsonArray("bars")).isEmpty();
      assertThat(old.isDone()).isTrue();
    }
  }

  private static int oops() {
    throw new IllegalStateException("<script>alert(1)</script>");
  }

  @Test
  void aCrashOfAWorkerAndAFailureShowWithTheirReasons() throws Exception {
    try (EventStream stream = new EventStream(CLIENT, console.uri())) {
      stream.next();
      Task<Integer> crashed = pools.pool("jvm").submit(() -> crash());
      Task<Integer> failed = pools.pool("io").submit(() -> oops());
      StringBuilder texts = new StringBuilder();
      stream.until(
          event -> {
            for (JsonElement failure : event.getAsJsonArray("failures")) {
              texts.append(failure).append('\n');
            }
            return EventStream.pool(event, "jvm").get("crashed").getAsLong() == 1
                && texts.toString().contains("ConsoleTest.oops")
                && texts.toString().contains("worker JVM")
                && texts.toString().contains("WorkerCrashedException");
          });
      assertThat(crashed.isCompletedExceptionally()).isTrue();
      assertThat(failed.isCompletedExceptionally()).isTrue();
    }
  }

  @Test
  void closingEndsTheStreamsAndItsThreads() throws Exception {
    EventStream stream = new EventStream(CLIENT, console.uri());
    stream.next();
    console.close();
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () -> {
              while (true) {
                stream.next();
              }
            });
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("console-")) {
        thread.join();
      }
    }
  }
}
