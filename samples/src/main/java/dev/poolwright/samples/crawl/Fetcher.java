package dev.poolwright.samples.crawl;

import dev.poolwright.annotation.Async;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;

/** Fetches a page and reads its title and links. */
@Singleton
class Fetcher {

  private static final int MOST_BYTES = 4 * 1024 * 1024;
  private static final Pattern CHARSET =
      Pattern.compile("(?i).*;\\s*charset\\s*=\\s*[\"']?([^\\s;\"']+).*");

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
    HttpResponse<byte[]> response = http.client().send(request, BoundedBody.handler(MOST_BYTES));
    Document document =
        Jsoup.parse(
            new ByteArrayInputStream(response.body()),
            charset(response.headers()),
            response.uri().toString());
    return new Page(
        address,
        response.statusCode(),
        document.title(),
        links(document),
        response.body().length,
        Duration.ofNanos(System.nanoTime() - startNanos),
        Thread.currentThread().getName());
  }

  /** The one that the header names; null leaves it to what the page says of itself. */
  private static @Nullable String charset(HttpHeaders headers) {
    Matcher charset = CHARSET.matcher(headers.firstValue("Content-Type").orElse(""));
    try {
      return charset.matches() && Charset.isSupported(charset.group(1)) ? charset.group(1) : null;
    } catch (IllegalCharsetNameException e) {
      return null;
    }
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
