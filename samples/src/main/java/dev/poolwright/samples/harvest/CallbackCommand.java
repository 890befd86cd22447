package dev.poolwright.samples.harvest;

import dev.poolwright.MapOption;
import dev.poolwright.Pools;
import dev.poolwright.samples.Progress;
import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;

/** Submits the first step only; the callbacks do the others. */
@Command(
    name = "callback",
    description = {
      "Fetch on threads, parse in worker JVMs, save on one thread.",
      "Three annotations make the chain: each method is the callback of the one before."
    })
public final class CallbackCommand implements Runnable {

  private static final List<String> PAGES =
      List.of("ships.html", "crew.html", "quay.html", "tides.html", "fog.html");

  private final Harvest harvest;
  private final AsyncHarvest asyncHarvest;
  private final Pools pools;
  private final Progress progress;
  private final PrintWriter out;

  @Inject
  CallbackCommand(
      Harvest harvest, AsyncHarvest asyncHarvest, Pools pools, Progress progress, PrintWriter out) {
    this.harvest = harvest;
    this.asyncHarvest = asyncHarvest;
    this.pools = pools;
    this.progress = progress;
    this.out = out;
  }

  @Override
  public void run() {
    out.printf("This is process %d.%n", ProcessHandle.current().pid());
    try (Progress.Display display = progress.begin("Fetched")) {
      asyncHarvest.fetchAll(
          PAGES, MapOption.progress(now -> display.update(now.done(), PAGES.size())));
      pools.close(); // waits for the whole chain
    }
    harvest.lines().forEach(out::println);
  }
}
