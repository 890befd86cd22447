package dev.poolwright.console;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.poolwright.Pool;
import dev.poolwright.PoolListener;
import dev.poolwright.Pools;
import dev.poolwright.TaskView;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A live page on the activity of pools, for a browser on the same machine:
 *
 * <pre>{@code
 * try (Pools pools = Pools.builder().build();
 *     Console console = Console.start(pools, 8090)) {
 *   System.out.println("Open " + console.uri());
 *   ...
 * }
 * }</pre>
 *
 * <p>It listens on loopback only, and answers only requests with the random token of its address,
 * which is logged once. Anyone who has the address can see names of tasks, messages of exceptions
 * and stacks, but can change nothing.
 *
 * <p>While no browser is connected, it only keeps the bars of the last minute and the last 50
 * failures, with their exceptions. Its threads are daemons: an open console does not keep a program
 * running.
 *
 * <p><b>Threads:</b> thread-safe.
 */
public final class Console implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger("dev.poolwright.console");

  /** Enough for all browsers at once, and for what they ask for beside. */
  private static final int MAX_THREADS = 32;

  /** Between two snapshots: what happens shows within a second. */
  private static final Duration TICK = Duration.ofMillis(900);

  /** Of a request that is no stream, from its first byte to the last of its reply. */
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(10);

  private static final Map<String, String> TYPES =
      Map.of(
          "index.html", "text/html; charset=utf-8",
          "console.css", "text/css; charset=utf-8",
          "console.js", "text/javascript; charset=utf-8",
          "uPlot.min.css", "text/css; charset=utf-8",
          "uPlot.iife.min.js", "text/javascript; charset=utf-8");

  private final Pools pools;
  private final HttpServer server;
  private final ExecutorService threads;
  private final ScheduledExecutorService clock;
  private final RequestThreads requests;
  private final Browsers browsers;
  private final PoolListener.Registration registration;
  private final URI uri;
  private final int tokenLength;

  private Console(
      Pools pools, HttpServer server, InetSocketAddress address, Duration tick, Duration limit) {
    this.pools = pools;
    this.server = server;
    History history = new History();
    threads =
        new ThreadPoolExecutor(
            0, MAX_THREADS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), daemons("console-"));
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(1, daemons("console-clock-"));
    timer.setRemoveOnCancelPolicy(true);
    clock = timer;
    requests = new RequestThreads(threads, clock, limit);
    browsers = new Browsers(clock, new Snapshots(pools, history), tick);
    Gate gate = new Gate(address.getHostString());
    tokenLength = gate.token().length();
    String host = address.getAddress().isAnyLocalAddress() ? "localhost" : literal(address);
    uri =
        URI.create(
            "http://" + host + ":" + server.getAddress().getPort() + "/" + gate.token() + "/");
    server.setExecutor(requests);
    server.createContext("/", this::answer).getFilters().add(gate);
    registration = pools.listen(history);
  }

  /**
   * Starts a console on loopback.
   *
   * @param pools the pools to show
   * @param port 1 to 65,535, or 0 for any free port
   * @return a running console
   * @throws IllegalArgumentException if {@code port} is out of range
   * @throws BindException if the port is in use
   * @throws IOException if the console cannot listen
   */
  public static Console start(Pools pools, int port) throws IOException {
    return start(pools, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  /**
   * Starts a console that other machines can reach. Its content and the token are sent unencrypted:
   * a tunnel to a console on loopback is safer.
   *
   * @param pools the pools to show
   * @param address the address to listen on
   * @return a running console
   * @throws BindException if the address is in use
   * @throws IOException if the console cannot listen
   */
  public static Console start(Pools pools, InetSocketAddress address) throws IOException {
    return start(pools, address, TICK, REQUEST_LIMIT);
  }

  static Console start(Pools pools, InetSocketAddress address, Duration tick, Duration limit)
      throws IOException {
    Console console = new Console(pools, bind(address), address, tick, limit);
    try {
      // The server's own thread is a daemon only if that which starts it is one.
      console.threads.submit(console.server::start).get();
    } catch (ExecutionException e) {
      console.close();
      throw new IOException("the console does not start", e.getCause());
    } catch (InterruptedException e) {
      console.close();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the console started");
    }
    LOG.log(System.Logger.Level.INFO, "Poolwright console at {0}", console.uri);
    return console;
  }

  private static HttpServer bind(InetSocketAddress address) throws IOException {
    try {
      return HttpServer.create(address, 0);
    } catch (BindException e) {
      BindException clear =
          new BindException(
              "the console cannot listen on "
                  + literal(address)
                  + ":"
                  + address.getPort()
                  + ": "
                  + e.getMessage()
                  + "; give another port, or 0 for any that is free");
      clear.initCause(e);
      throw clear;
    }
  }

  /**
   * The address of the page, with the token.
   *
   * @return a URI such as {@code http://127.0.0.1:8090/3f0c.../}
   */
  public URI uri() {
    return uri;
  }

  /** Disconnects all browsers and stops listening. A second call does nothing. */
  @Override
  public void close() {
    registration.close();
    clock.shutdownNow();
    threads.shutdownNow();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String file = exchange.getRequestURI().getPath().substring(tokenLength + 2);
    try {
      switch (file) {
        case "" -> resource(exchange, "index.html");
        case "events" -> {
          requests.unlimited();
          browsers.serve(exchange);
        }
        case "stack" -> stack(exchange);
        default -> resource(exchange, file);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the console was closed: the thread ends
    }
  }

  private static void resource(HttpExchange exchange, String file) throws IOException {
    String type = TYPES.get(file);
    if (type == null) {
      Replies.text(exchange, 404, "There is no such page");
      return;
    }
    try (InputStream in = Console.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IOException("the jar of the console lacks " + file);
      }
      Replies.bytes(exchange, 200, type, in.readAllBytes());
    }
  }

  private void stack(HttpExchange exchange) throws IOException {
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    Optional<TaskView> found =
        query.matches("task=\\d{1,18}")
            ? running(Long.parseLong(query.substring("task=".length())))
            : Optional.empty();
    if (found.isEmpty()) {
      Replies.text(exchange, 404, "The task runs no more");
      return;
    }
    List<StackTraceElement> stack = found.get().stack();
    Json json = new Json().object().name("frames").array();
    stack.forEach(frame -> json.value(frame.toString()));
    Replies.json(exchange, json.endArray().endObject());
  }

  private Optional<TaskView> running(long number) {
    for (Pool pool : pools.all()) {
      for (TaskView task : pool.tasks()) {
        if (task.number() == number) {
          return Optional.of(task);
        }
      }
    }
    return Optional.empty();
  }

  private static String literal(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress().replaceFirst("%.*", "");
    return host.contains(":") ? "[" + host + "]" : host;
  }

  private static ThreadFactory daemons(String prefix) {
    AtomicInteger numbers = new AtomicInteger();
    return work -> {
      Thread thread = new Thread(work, prefix + numbers.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
