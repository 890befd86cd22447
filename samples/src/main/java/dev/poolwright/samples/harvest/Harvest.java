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
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jsoup.Jsoup;

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
    List<String> words = List.of(Jsoup.parse(html).text().split(" "));
    return new Words(words.get(0), words.size(), ProcessHandle.current().pid());
  }

  @Async(pool = "save", maxWorkers = 1)
  @Callback("parse")
  void save(Words words) {
    lines.add(
        String.format(
            "%-10s %3d words, parsed in process %d, saved on %s",
            words.first(), words.count(), words.pid(), Thread.currentThread().getName()));
  }

  @Callback("fetch")
  void complain(Throwable failure) {
    lines.add("Not fetched: " + failure.getMessage());
  }

  /**
   * What is on a page.
   *
   * @param first the first word
   * @param count how many there are
   * @param pid the process that counted
   */
  record Words(String first, int count, long pid) implements Serializable {}
}
