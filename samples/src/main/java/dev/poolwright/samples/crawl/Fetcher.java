package dev.poolwright.samples.crawl;

import dev.poolwright.annotation.Async;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** Fetches a page and reads its title and links. */
@Singleton
class Fetcher {

  private final Http http;

  @Inject
  Fetcher(Http http) {
    this.http = http;
  }

  @Async(pool = "crawl", maxWorkers = 8, timeout = "20s")
  Page fetch(URI address) throws IOException, InterruptedException {
    long startNanos = System.nanoTime();
    HttpRequest request =
        HttpRequest.newBuilder(address).header("User-Agent", "poolwright-samples").build();
    HttpResponse<byte[]> response = http.client().send(request, BodyHandlers.ofByteArray());
    Document document =
        Jsoup.parse(new ByteArrayInputStream(response.body()), null, response.uri().toString());
    return new Page(
        address,
        response.statusCode(),
        document.title(),
        links(document),
        response.body().length,
        Duration.ofNanos(System.nanoTime() - startNanos),
        Thread.currentThread().getName());
  }

  private static List<URI> links(Document document) {
    return document.select("a[href]").stream()
        .flatMap(link -> address(link.absUrl("href").replaceFirst("#.*", "")).stream())
        .distinct()
        .toList();
  }

  /** Web pages have links of every kind; empty for one that is none of the web. */
  private static Optional<URI> address(String link) {
    try {
      URI address = new URI(link);
      boolean isWeb = link.startsWith("http") && address.getHost() != null;
      return Optional.of(address).filter(any -> isWeb);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
