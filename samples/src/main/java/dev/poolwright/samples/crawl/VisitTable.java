package dev.poolwright.samples.crawl;

import dev.poolwright.samples.Text;
import dev.poolwright.samples.crawl.Crawl.Visit;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What a crawl found, for people: first by depth, then by address. */
final class VisitTable {

  private static final String ROW = "%6s %9s %6s  %-8s  %-42s  %s%n";

  private final List<Visit> visits;

  VisitTable(List<Visit> visits) {
    this.visits =
        visits.stream()
            .sorted(Comparator.comparingInt(Visit::depth).thenComparing(Visit::address))
            .toList();
  }

  boolean hasPages() {
    return visits.stream().anyMatch(Visit::hasPage);
  }

  void print(PrintWriter out, long tookNanos) {
    out.printf(ROW, "status", "bytes", "ms", "worker", "address", "title");
    for (Visit visit : visits) {
      if (visit.hasPage()) {
        printPage(out, visit.task().resultNow());
      } else {
        out.printf("failed %s: %s%n", Text.line(visit.address()), failure(visit));
      }
    }
    out.printf(
        Locale.ROOT,
        "%d pages in %,d ms; one after another they would have taken %,d ms.%n",
        visits.size(),
        Duration.ofNanos(tookNanos).toMillis(),
        visits.stream()
            .filter(Visit::hasPage)
            .map(visit -> visit.task().resultNow().took())
            .reduce(Duration.ZERO, Duration::plus)
            .toMillis());
  }

  private static void printPage(PrintWriter out, Page page) {
    out.printf(
        Locale.ROOT,
        ROW,
        page.status(),
        page.bytes(),
        page.took().toMillis(),
        page.worker(),
        Text.line(page.address()),
        Text.line(page.title()));
  }

  private static String failure(Visit visit) {
    if (visit.task().isCancelled()) {
      return "cancelled";
    }
    Throwable failure = visit.task().exceptionNow();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return "unknown host " + visit.address().getHost();
      }
    }
    return Text.line(
        failure instanceof ConnectException && failure.getMessage() == null
            ? "no server answers at " + visit.address().getAuthority()
            : failure.getMessage() == null ? failure : failure.getMessage());
  }
}
