package dev.poolwright.samples.readme;

import dev.poolwright.Batch;
import dev.poolwright.BatchProgress;
import dev.poolwright.CallOption;
import dev.poolwright.MapOption;
import dev.poolwright.Pool;
import dev.poolwright.Task;
import dev.poolwright.Tasks;
import dev.poolwright.WaitFor;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Many calls at once. */
final class Batches {

  private final AsyncCrawler crawler;
  private final Pool pool;

  Batches(AsyncCrawler crawler, Pool pool) {
    this.crawler = crawler;
    this.pool = pool;
  }

  int lengths(List<String> urls) {
    int length = 0;
    for (Page page : crawler.getAll(urls)) { // in input order
      length += page.body().length();
    }
    return length;
  }

  int endings(List<String> urls) {
    int failed = 0;
    try (Batch<Page> batch = crawler.getAll(urls, MapOption.timeout(Duration.ofMinutes(1)))) {
      for (Task<Page> task : batch.asCompleted()) {
        failed += task.isCompletedExceptionally() ? 1 : 0;
      }
    }
    return failed;
  }

  Batch<Page> inTime(List<String> urls, Consumer<BatchProgress> listener) {
    return crawler
        .with(CallOption.timeout(Duration.ofSeconds(20))) // for each page
        .getAll(urls, MapOption.timeout(Duration.ofMinutes(1)), MapOption.progress(listener));
  }

  List<Integer> squares(Iterable<Integer> numbers) {
    return pool.map((Integer n) -> n * n, numbers, MapOption.chunkSize(100)).toList();
  }

  int firstOf(String... mirrors) throws InterruptedException {
    List<Task<Page>> tasks = Stream.of(mirrors).map(crawler::get).toList();
    var waited = Tasks.await(tasks, WaitFor.FIRST_COMPLETED, Duration.ofSeconds(5));
    waited.notDone().forEach(task -> task.cancel(true));
    return waited.done().size();
  }
}
