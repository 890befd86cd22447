package dev.poolwright.samples.jars;

import dev.poolwright.Batch;
import dev.poolwright.MapOption;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.Tasks;
import dev.poolwright.WaitFor;
import dev.poolwright.samples.Progress;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Inspects jars on two worker nodes, and kills one of them half-way. */
@Command(
    name = "cluster",
    description = "Inspects jars on two worker nodes of this machine, and kills one half-way.")
public final class ClusterCommand implements Callable<Integer> {

  private final Progress progress;
  private final PrintWriter out;

  @Mixin private JarFolder folder = new JarFolder();

  @Inject
  ClusterCommand(Progress progress, PrintWriter out) {
    this.progress = progress;
    this.out = out;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Path> jars = folder.jars(out);
    if (jars.isEmpty()) {
      return 1;
    }
    try (LocalNodes nodes = LocalNodes.start("jars=2", 2);
        // The same method as that of the sample "jars": its pool is moved, and its calls may run
        // twice.
        Pools pools =
            Pools.builder()
                .properties(
                    "the sample",
                    Map.of(
                        "poolwright.pools.jars.kind", "cluster",
                        "poolwright.pools.jars.cluster", nodes.cluster(),
                        "poolwright.pools.jars.retries", "2"))
                .build()) {
      out.printf("Two nodes are ready: processes %s.%n", nodes.pids());
      return inspect(jars, nodes, new AsyncJarInspector(pools));
    }
  }

  private int inspect(List<Path> jars, LocalNodes nodes, AsyncJarInspector inspector)
      throws InterruptedException {
    long startNanos = System.nanoTime();
    List<Task<JarReport>> tasks = new ArrayList<>();
    try (Progress.Display display = progress.begin("Jars");
        Batch<JarReport> batch =
            inspector.inspectAll(
                jars.stream().map(Path::toString).toList(),
                MapOption.chunkSize(1),
                MapOption.progress(
                    now -> {
                      display.update(now.done(), jars.size());
                      if (now.done() >= jars.size() / 2) {
                        nodes.killFirst();
                      }
                    }))) {
      batch.tasks().forEach(tasks::add);
      Tasks.await(tasks, WaitFor.ALL_COMPLETED);
    }
    return print(tasks, nodes, System.nanoTime() - startNanos);
  }

  private int print(List<Task<JarReport>> tasks, LocalNodes nodes, long tookNanos) {
    Map<Long, long[]> byNode = new LinkedHashMap<>();
    nodes.pids().forEach(pid -> byNode.put(pid, new long[2]));
    int failed = 0;
    for (Task<JarReport> task : tasks) {
      if (task.isCompletedExceptionally()) {
        failed++;
        out.printf("failed: %s%n", JarTable.failure(task));
      } else {
        long[] sums = byNode.computeIfAbsent(task.resultNow().pid(), pid -> new long[2]);
        sums[0]++;
        sums[1] += task.resultNow().classes();
      }
    }
    out.printf("%10s  %8s  %10s  %s%n", "process", "jars", "classes", "end");
    byNode.forEach(
        (pid, sums) ->
            out.printf(
                Locale.ROOT,
                "%10d  %,8d  %,10d  %s%n",
                pid,
                sums[0],
                sums[1],
                nodes.isKilled(pid) ? "killed half-way" : "asked to end"));
    out.printf(
        Locale.ROOT,
        "%,d of %,d jars in %,d ms.%n",
        tasks.size() - failed,
        tasks.size(),
        tookNanos / 1_000_000);
    return failed < tasks.size() ? 0 : 1;
  }
}
