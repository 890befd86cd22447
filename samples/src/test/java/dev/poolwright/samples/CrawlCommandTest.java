package dev.poolwright.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
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
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] page =
        ("<title>Deep</title><a href='x/'>on</a> <a href='http://localhost:1/'>away</a>"
                + "<a href='mailto:a@b'>mail</a> <a href='%zz'>torn</a> <a href='http://['>odd</a>")
            .getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, page.length);
          try (OutputStream body = exchange.getResponseBody()) {
            body.write(page);
          }
        });
    server.start();
    try {
      String start = "http://localhost:" + server.getAddress().getPort() + "/";

      SampleRun run = SampleRun.of("crawl", "--depth", "2", start);

      assertThat(run.exitCode()).isZero();
      assertThat(run.out())
          .contains("Deep", start + "x/x/", "3 pages")
          .doesNotContain("x/x/x/", "failed");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void saysWhyAPageFailed() {
    SampleRun run = SampleRun.of("crawl", "http://localhost:1/");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("failed", "ConnectException", "http://localhost:1/");
  }

  @Test
  void saysWhatIsNoWebAddress() {
    SampleRun run = SampleRun.of("crawl", "harbour");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("failed", "URI with undefined scheme", "harbour");
  }
}
