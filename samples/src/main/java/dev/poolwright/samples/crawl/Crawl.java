package dev.poolwright.samples.crawl;

import dev.poolwright.Task;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * One crawl: follows links on the hosts it starts from. Each page that is done brings the next
 * ones, so that no worker waits for the slowest page of a level. Confined to one thread.
 */
final class Crawl {

  private final AsyncFetcher fetcher;
  private final int maxDepth;
  private final int maxPages;
  private final Map<URI, Integer> depths = new HashMap<>();
  private final BlockingQueue<Visit> done = new LinkedBlockingQueue<>();

  Crawl(AsyncFetcher fetcher, int maxDepth, int maxPages) {
    this.fetcher = fetcher;
    this.maxDepth = maxDepth;
    this.maxPages = maxPages;
  }

  /**
   * Visits everything within reach.
   *
   * @param starts where to begin, depth 0
   * @param listener told after each visit
   * @return in the order in which they ended
   */
  List<Visit> run(List<URI> starts, Consumer<Progress> listener) throws InterruptedException {
    starts.forEach(start -> visit(start, 0));
    List<Visit> visits = new ArrayList<>();
    while (visits.size() < depths.size()) {
      Visit visit = done.take();
      visits.add(visit);
      follow(visit);
      listener.accept(new Progress(visits.size(), depths.size()));
    }
    return visits;
  }

  private void follow(Visit visit) {
    if (visit.depth() < maxDepth && visit.hasPage()) {
      for (URI link : visit.task().resultNow().links()) {
        if (link.getAuthority().equals(visit.address().getAuthority())) {
          visit(link, visit.depth() + 1);
        }
      }
    }
  }

  private void visit(URI address, int depth) {
    if (depths.size() < maxPages && depths.putIfAbsent(address, depth) == null) {
      fetcher.fetch(address).onDone(task -> done.add(new Visit(address, depth, task)));
    }
  }

  /**
   * How far the crawl is.
   *
   * @param done pages visited
   * @param known pages found so far
   */
  record Progress(int done, int known) {}

  /**
   * One visited address.
   *
   * @param address where it is
   * @param depth links from the start
   * @param task done
   */
  record Visit(URI address, int depth, Task<Page> task) {

    boolean hasPage() {
      return !task.isCompletedExceptionally();
    }
  }
}
