package dev.poolwright.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class CrawlCommandTest {

  @Test
  void crawlsTheBundledSite() {
    SampleRun run = SampleRun.of("crawl");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("Serving a small site at http://localhost:")
        .contains("The harbour", "The shipwright", "17 pages in")
        .containsPattern("404 .*/cargo-salt.html")
        .doesNotContain("failed", "example.org");
  }

  @Test
  void crawlsAGivenPageToADepth() throws IOException {
    byte[] page =
        ("<title>Deep</title><a href='x/'>on</a> <a href='http://localhost:1/'>away</a>"
                + "<a href='mailto:a@b'>mail</a> <a href='%zz'>torn</a> <a href='http://['>odd</a>")
            .getBytes(StandardCharsets.UTF_8);
    try (Site site = Site.serving(page, 1)) {
      String start = site.address();

      SampleRun run = SampleRun.of("crawl", "--depth", "2", start);

      assertThat(run.exitCode()).isZero();
      assertThat(run.out())
          .contains("Deep", start + "x/x/", "3 pages")
          .doesNotContain("x/x/x/", "failed");
    }
  }

  @Test
  void saysWhyAPageFailed() {
    SampleRun run = SampleRun.of("crawl", "http://localhost:1/");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("failed http://localhost:1/: no server answers at localhost:1");
  }

  @Test
  void saysThatAHostIsUnknown() {
    SampleRun run = SampleRun.of("crawl", "http://no-such-host.invalid/");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains("failed http://no-such-host.invalid/: unknown host no-such-host.invalid");
  }

  @Test
  void readsAPageInTheCharsetOfItsHeaderAndShowsNoControlCharacters() throws IOException {
    String html = "<title>caf\u00e9 \u001b[31mred\u001b]0;x\u0007</title>";
    try (Site site = Site.serving(html.getBytes(StandardCharsets.ISO_8859_1), 1)) {
      SampleRun run = SampleRun.of("crawl", site.address());

      assertThat(run.out()).contains("caf\u00e9  [31mred ]0;x").doesNotContain("\u001b", "\u0007");
      assertThat(run.exitCode()).isZero();
    }
  }

  @Test
  void givesUpABodyThatDoesNotEnd() throws IOException {
    try (Site site = Site.serving(new byte[64 * 1024], Integer.MAX_VALUE)) {
      SampleRun run = SampleRun.of("crawl", site.address());

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.out()).contains("longer than 4,194,304 bytes");
    }
  }

  /** The same page at every address. */
  private record Site(HttpServer server) implements AutoCloseable {

    static Site serving(byte[] page, int times) throws IOException {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/", exchange -> answer(exchange, page, times));
      server.start();
      return new Site(server);
    }

    private static void answer(HttpExchange exchange, byte[] page, int times) throws IOException {
      try (exchange) {
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=\"ISO-8859-1\"");
        exchange.sendResponseHeaders(200, 0);
        for (int i = 0; i < times; i++) {
          exchange.getResponseBody().write(page);
        }
      }
    }

    String address() {
      return "http://localhost:" + server.getAddress().getPort() + "/";
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
