package dev.poolwright.samples.crawl;

import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Crawls real pages over HTTP; without an address, those of a small site of its own. */
@Command(
    name = "crawl",
    description = {
      "Fetches pages on 8 threads and follows links on the same host.",
      "Without a URL it serves a small site on loopback and crawls that."
    },
    mixinStandardHelpOptions = true)
public final class CrawlCommand implements Callable<Integer> {

  private final AsyncFetcher fetcher;
  private final Http http;
  private final HarbourSite site;
  private final PrintWriter out;

  @Parameters(paramLabel = "URL", description = "Where to begin: http or https.")
  private List<URI> starts = List.of();

  @Option(
      names = "--depth",
      defaultValue = "3",
      description = "Links to follow (${DEFAULT-VALUE}).")
  private int depth;

  @Option(names = "--pages", defaultValue = "100", description = "Most pages (${DEFAULT-VALUE}).")
  private int pages;

  @Inject
  CrawlCommand(AsyncFetcher fetcher, Http http, HarbourSite site, PrintWriter out) {
    this.fetcher = fetcher;
    this.http = http;
    this.site = site;
    this.out = out;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (http) {
      if (!starts.isEmpty()) {
        return crawl(starts);
      }
      try (HarbourSite.Server server = site.serve()) {
        out.printf("Serving a small site at %s%n", server.address());
        return crawl(List.of(server.address()));
      }
    }
  }

  private int crawl(List<URI> addresses) throws InterruptedException {
    long startNanos = System.nanoTime();
    List<Crawl.Visit> visits;
    try (ProgressBar bar = ProgressBar.builder().setTaskName("Crawl").build()) {
      visits =
          new Crawl(fetcher, depth, pages)
              .run(addresses, progress -> bar.maxHint(progress.known()).stepTo(progress.done()));
    }
    VisitTable table = new VisitTable(visits);
    table.print(out, System.nanoTime() - startNanos);
    return table.hasPages() ? 0 : 1;
  }
}
