package dev.poolwright.samples.harvest;

import dev.poolwright.Pools;
import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;

/** Submits the first step only; the callbacks do the others. */
@Command(
    name = "callback",
    description = {
      "Fetch on threads, parse in worker JVMs, save on one thread:",
      "three annotations, each method the callback of the one before."
    },
    mixinStandardHelpOptions = true)
public final class CallbackCommand implements Runnable {

  private static final List<String> PAGES =
      List.of("ships.html", "crew.html", "quay.html", "tides.html", "fog.html");

  private final AsyncHarvest harvest;
  private final Pools pools;
  private final PrintWriter out;

  @Inject
  CallbackCommand(AsyncHarvest harvest, Pools pools, PrintWriter out) {
    this.harvest = harvest;
    this.pools = pools;
    this.out = out;
  }

  @Override
  public void run() {
    out.printf("This is process %d.%n", ProcessHandle.current().pid());
    harvest.fetchAll(PAGES);
    pools.close(); // waits for the whole chain
  }
}
