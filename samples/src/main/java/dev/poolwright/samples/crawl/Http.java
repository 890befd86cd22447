package dev.poolwright.samples.crawl;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The HTTP client, whose own threads end with it. */
@Singleton
final class Http implements AutoCloseable {

  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "http");
            thread.setDaemon(true);
            return thread;
          });
  private final HttpClient client =
      HttpClient.newBuilder()
          .executor(threads)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  @Inject
  Http() {}

  HttpClient client() {
    return client;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
