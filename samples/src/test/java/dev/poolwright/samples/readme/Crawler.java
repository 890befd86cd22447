package dev.poolwright.samples.readme;

import dev.poolwright.annotation.Async;
import dev.poolwright.annotation.Callback;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

class Crawler {

  final Map<String, Page> saved = new ConcurrentHashMap<>();

  @Async(pool = "io", maxWorkers = 4, timeout = "10s")
  Page get(String url) throws IOException {
    try (InputStream in = new URL(url).openStream()) {
      return new Page(url, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Callback("get")
  void save(Page page) {
    saved.put(page.url(), page);
  }
}
