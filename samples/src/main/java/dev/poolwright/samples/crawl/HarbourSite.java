package dev.poolwright.samples.crawl;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.poolwright.Pool;
import dev.poolwright.annotation.ThreadPool;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/**
 * A small site, bundled with the samples and served on loopback. A pool is an {@code
 * ExecutorService}, so the JDK's HTTP server can run on one.
 */
@ThreadPool(name = "site", maxWorkers = 8)
final class HarbourSite {

  /** What a page on a real network takes, more or less. */
  private static final int DELAY_MILLIS = 50;

  private final Pool pool;

  @Inject
  HarbourSite(@Named("site") Pool pool) {
    this.pool = pool;
  }

  Server serve() throws IOException {
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(loopback, 0);
    server.setExecutor(pool);
    server.createContext("/", HarbourSite::answer);
    server.start();
    return new Server(server);
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      byte[] body = page(path.endsWith("/") ? path + "index.html" : path);
      pause();
      exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
      exchange.sendResponseHeaders(
          body.length == 0 ? 404 : 200, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static byte[] page(String path) throws IOException {
    try (InputStream in = HarbourSite.class.getResourceAsStream("site" + path)) {
      return in == null ? new byte[0] : in.readAllBytes();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(DELAY_MILLIS);
    } catch (InterruptedException e) {
      // The pool stops; the page is still sent.
      Thread.currentThread().interrupt();
    }
  }

  /**
   * A running site; closing it ends it.
   *
   * @param http listens on loopback
   */
  record Server(HttpServer http) implements AutoCloseable {

    URI address() {
      return URI.create("http://localhost:" + http.getAddress().getPort() + "/");
    }

    @Override
    public void close() {
      http.stop(0);
    }
  }
}
