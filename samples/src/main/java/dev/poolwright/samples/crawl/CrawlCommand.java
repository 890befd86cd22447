package dev.poolwright.samples.crawl;

import dev.poolwright.samples.Progress;
import dev.poolwright.samples.WrongArgument;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Crawls real pages over HTTP; without an address, those of a small site of its own. */
@Command(
    name = "crawl",
    description = {
      "Fetches pages on 8 threads and follows links on the same host.",
      "Without a URL it serves a small site on loopback and crawls that."
    })
public final class CrawlCommand implements Callable<Integer> {

  private static final Set<String> WEB = Set.of("http", "https");

  private final AsyncFetcher fetcher;
  private final Http http;
  private final HarbourSite site;
  private final Progress progress;
  private final PrintWriter out;

  @Parameters(paramLabel = "URL", description = "Where to begin: http or https.")
  private List<String> starts = List.of();

  @Option(
      names = "--depth",
      defaultValue = "3",
      description = "Links to follow (${DEFAULT-VALUE}).")
  private int depth;

  @Option(names = "--pages", defaultValue = "100", description = "Most pages (${DEFAULT-VALUE}).")
  private int pages;

  @Inject
  CrawlCommand(
      AsyncFetcher fetcher, Http http, HarbourSite site, Progress progress, PrintWriter out) {
    this.fetcher = fetcher;
    this.http = http;
    this.site = site;
    this.progress = progress;
    this.out = out;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    require(depth >= 0, "--depth is " + depth + "; must be 0 or more");
    require(pages >= 1, "--pages is " + pages + "; must be 1 or more");
    List<URI> addresses = starts.stream().map(CrawlCommand::webAddress).toList();
    try (http) {
      if (!addresses.isEmpty()) {
        return crawl(addresses);
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
    try (Progress.Display display = progress.begin("Crawl")) {
      visits =
          new Crawl(fetcher, depth, pages)
              .run(addresses, now -> display.update(now.done(), now.known()));
    }
    VisitTable table = new VisitTable(visits);
    table.print(out, System.nanoTime() - startNanos);
    return table.hasPages() ? 0 : 1;
  }

  private static URI webAddress(String text) {
    try {
      URI address = new URI(text);
      require(
          address.getHost() != null && WEB.contains(address.getScheme()),
          text + " is no web address; it must be as http://example.org/");
      return address;
    } catch (URISyntaxException e) {
      throw new WrongArgument(text + " is no web address: " + e.getReason());
    }
  }

  private static void require(boolean isSo, String message) {
    if (!isSo) {
      throw new WrongArgument(message);
    }
  }
}
