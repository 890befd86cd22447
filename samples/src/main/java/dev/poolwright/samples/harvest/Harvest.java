package dev.poolwright.samples.harvest;

import dev.poolwright.annotation.Async;
import dev.poolwright.annotation.Callback;
import dev.poolwright.annotation.PoolKind;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jsoup.Jsoup;

/** Three methods make a chain: each is the callback of the one before, on a pool of its own. */
@Singleton
class Harvest {

  private final PrintWriter out;

  @Inject
  Harvest(PrintWriter out) {
    this.out = out;
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
    out.printf(
        "%-10s %3d words, parsed in process %d, saved on %s%n",
        words.first(), words.count(), words.pid(), Thread.currentThread().getName());
  }

  @Callback("fetch")
  void complain(Throwable failure) {
    out.printf("Not fetched: %s%n", failure.getMessage());
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
