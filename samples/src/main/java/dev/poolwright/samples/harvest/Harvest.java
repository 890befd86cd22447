package dev.poolwright.samples.harvest;

import dev.poolwright.annotation.Async;
import dev.poolwright.annotation.Callback;
import dev.poolwright.annotation.PoolKind;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** Three methods make a chain: each is the callback of the one before, on a pool of its own. */
@Singleton
class Harvest {

  private final Queue<String> lines = new ConcurrentLinkedQueue<>();

  /** What was done, line by line. */
  Collection<String> lines() {
    return lines;
  }

  @Async(pool = "fetch", maxWorkers = 4, timeout = "10s")
  String fetch(String name) throws IOException {
    try (InputStream in =
        Harvest.class.getResourceAsStream("/dev/poolwright/samples/crawl/site/" + name)) {
      if (in == null) {
        throw new IOException("There is no page " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Async(pool = "parse", maxWorkers = 2, kind = PoolKind.PROCESS, timeout = "30s")
  @Callback("fetch")
  static Words parse(String html) {
    Document page = Jsoup.parse(html);
    int words = page.body().text().split(" ").length;
    return new Words(page.title(), words, ProcessHandle.current().pid());
  }

  @Async(pool = "save", maxWorkers = 1)
  @Callback("parse")
  void save(Words words) {
    lines.add(
        String.format(
            "%-14s %3d words, parsed in process %d, saved on %s",
            words.title(), words.count(), words.pid(), Thread.currentThread().getName()));
  }

  @Callback("fetch")
  void complain(Throwable failure) {
    lines.add("Not fetched: " + failure.getMessage());
  }

  /**
   * What is on a page.
   *
   * @param title of the page
   * @param count how many words there are below it
   * @param pid the process that counted
   */
  record Words(String title, int count, long pid) implements Serializable {}
}
