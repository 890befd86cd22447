package dev.poolwright.console;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The browsers that look, each with a stream of server-sent events. While there is one, a snapshot
 * a second is taken, once for all of them.
 *
 * <p>A browser that reads too slowly misses snapshots and gets all anew; one that reads nothing for
 * a minute is let go, and connects again when it wakes up.
 *
 * <p><b>Threads:</b> thread-safe. The list and the snapshots are confined to the clock's thread;
 * each stream is written by the thread of its request.
 */
final class Browsers {

  private static final System.Logger LOG = System.getLogger("dev.poolwright.console");
  private static final int MAX_BROWSERS = 16;
  private static final int MAX_MISSED = 60;

  private static final class Browser {
    final BlockingQueue<String> messages = new ArrayBlockingQueue<>(4);
    final Thread writer = Thread.currentThread();
    int missed;
  }

  private final ScheduledExecutorService clock;
  private final Snapshots snapshots;
  private final long tickNanos;
  private final Semaphore places = new Semaphore(MAX_BROWSERS);
  private final List<Browser> browsers = new ArrayList<>();
  private @Nullable ScheduledFuture<?> ticks;

  Browsers(ScheduledExecutorService clock, Snapshots snapshots, Duration tick) {
    this.clock = clock;
    this.snapshots = snapshots;
    this.tickNanos = tick.toNanos();
  }

  /** Writes events until the browser goes, or the console is closed. */
  void serve(HttpExchange exchange) throws IOException, InterruptedException {
    if (!places.tryAcquire()) {
      Replies.text(exchange, 503, MAX_BROWSERS + " browsers look already; close one");
      return;
    }
    Browser browser = new Browser();
    try {
      clock.execute(() -> join(browser));
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
      exchange.sendResponseHeaders(200, 0);
      OutputStream out = exchange.getResponseBody();
      while (true) {
        out.write(browser.messages.take().getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    } finally {
      places.release();
      try {
        clock.execute(() -> leave(browser));
      } catch (RejectedExecutionException e) {
        LOG.log(System.Logger.Level.TRACE, "closed, and with it every browser", e);
      }
    }
  }

  private void join(Browser browser) {
    browsers.add(browser);
    welcome(browser);
    if (ticks == null) {
      ticks = clock.scheduleAtFixedRate(this::tick, tickNanos, tickNanos, TimeUnit.NANOSECONDS);
    }
  }

  private void leave(Browser browser) {
    browsers.remove(browser);
    if (browsers.isEmpty() && ticks != null) {
      ticks.cancel(false);
      ticks = null;
    }
  }

  private void tick() {
    String news;
    try {
      news = "event: news\ndata: " + snapshots.news() + "\n\n";
    } catch (RuntimeException | Error e) {
      // A periodic task that throws never runs again; the next second may be better.
      LOG.log(System.Logger.Level.WARNING, "no snapshot for the console", e);
      return;
    }
    for (Browser browser : browsers) {
      if (browser.missed == 0 && browser.messages.offer(news)) {
        continue;
      }
      if (browser.messages.isEmpty()) {
        browser.missed = 0;
        welcome(browser);
      } else if (++browser.missed == MAX_MISSED) {
        // It is blocked in a write to a socket, which an interrupt closes.
        browser.writer.interrupt();
      }
    }
  }

  private void welcome(Browser browser) {
    try {
      browser.messages.add("event: all\ndata: " + snapshots.whole() + "\n\n");
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.WARNING, "no snapshot for the console", e);
    }
  }
}
