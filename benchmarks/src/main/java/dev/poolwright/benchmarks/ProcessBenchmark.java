package dev.poolwright.benchmarks;

import dev.poolwright.MapOptions;
import dev.poolwright.Pools;
import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.Task;
import dev.poolwright.spi.Call;
import dev.poolwright.spi.CallSite;
import dev.poolwright.spi.Rows;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/** What calls on worker JVMs cost: lines {@code name: value unit}, medians of several rounds. */
public final class ProcessBenchmark {

  private static final int WARM_UP = 20_000;
  private static final int ROUNDS = 7;

  private ProcessBenchmark() {}

  /** Has the methods that run in worker JVMs. */
  static final class Service {
    private Service() {}
  }

  record Add(int number) implements Call<Service, Integer> {
    @Override
    public Integer on(Service service) {
      return number + 1;
    }
  }

  record Echo(byte[] bytes) implements Call<Service, byte[]> {
    @Override
    public byte[] on(Service service) {
      return bytes;
    }
  }

  record Spin() implements Call<Service, Integer> {
    @Override
    public Integer on(Service service) {
      int turns = 0;
      while (System.nanoTime() != 0) {
        turns++;
      }
      return turns;
    }
  }

  /**
   * Runs the rounds and prints the medians.
   *
   * @param args none; "orphan" for the JVM that is killed to see its worker go
   * @throws Exception when something fails that should not
   */
  public static void main(String[] args) throws Exception {
    if (args.length > 0 && args[0].equals("orphan")) {
      orphan();
      return;
    }
    try (Pools pools = pools(2)) {
      CallSite<Service> site = site(pools);
      roundTrips(site);
      unbatched(site);
      chunked(site, "1", 20_000, MapOptions.chunkSize(1));
      chunked(site, "1000", 2_000_000, MapOptions.chunkSize(1_000));
      chunked(site, "auto", 2_000_000);
      echo(site);
      lateness(site);
    }
    print("cold-start", coldStarts(), "ms");
    print("parent-kill-to-worker-gone", orphans(), "ms");
  }

  private static Pools pools(int workers) {
    return Pools.builder()
        .pool(ProcessPoolConfig.named("cpu").maxWorkers(workers).queueCapacity(Integer.MAX_VALUE))
        .build();
  }

  private static CallSite<Service> site(Pools pools) {
    return CallSite.<Service>of(Service.class, "run()", "cpu").open(pools);
  }

  private static void roundTrips(CallSite<Service> site) {
    for (int i = 0; i < WARM_UP; i++) {
      site.submit(new Add(i)).join();
    }
    double[] micros = new double[10_000];
    for (int i = 0; i < micros.length; i++) {
      long start = System.nanoTime();
      site.submit(new Add(i)).join();
      micros[i] = (System.nanoTime() - start) / 1e3;
    }
    Arrays.sort(micros);
    print("round-trip-p50", micros[micros.length / 2], "us");
    print("round-trip-p99", micros[micros.length * 99 / 100], "us");
  }

  private static void unbatched(CallSite<Service> site) {
    int count = 50_000;
    double[] perSecond = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      List<Task<Integer>> all = new ArrayList<>(count);
      long start = System.nanoTime();
      for (int i = 0; i < count; i++) {
        all.add(site.submit(new Add(i)));
      }
      all.forEach(Task::join);
      perSecond[round] = count * 1e9 / (System.nanoTime() - start);
    }
    print("unbatched", median(perSecond), "calls/s");
  }

  private static void chunked(
      CallSite<Service> site, String name, int count, MapOptions... options) {
    List<Integer> inputs = IntStream.range(0, count).boxed().toList();
    double[] perSecond = new double[ROUNDS];
    for (int round = -3; round < ROUNDS; round++) {
      long start = System.nanoTime();
      long sum = 0;
      for (Integer result :
          site.map(null, Rows.of(inputs), row -> new Add(row.<Integer>next()), options)) {
        sum += result;
      }
      if (sum != (count + 1L) * count / 2) {
        throw new IllegalStateException("sum is " + sum);
      }
      perSecond[Math.max(0, round)] = count * 1e9 / (System.nanoTime() - start);
    }
    print("chunks-of-" + name, median(perSecond), "calls/s");
  }

  private static void echo(CallSite<Service> site) {
    byte[] bytes = new byte[8 << 20];
    double[] millis = new double[30];
    for (int i = -20; i < millis.length; i++) {
      long start = System.nanoTime();
      int length = site.submit(new Echo(bytes)).join().length;
      if (length != bytes.length) {
        throw new IllegalStateException("length is " + length);
      }
      millis[Math.max(0, i)] = (System.nanoTime() - start) / 1e6;
    }
    print("echo-8-mib", median(millis), "ms");
  }

  private static void lateness(CallSite<Service> site) {
    double[] limits = new double[ROUNDS];
    double[] cancels = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      site.submit(new Add(0)).join();
      long start = System.nanoTime();
      Task<Integer> limited =
          site.with(dev.poolwright.CallOptions.timeout(Duration.ofMillis(200))).submit(new Spin());
      await(limited);
      limits[round] = (System.nanoTime() - start) / 1e6 - 200;
      Task<Integer> cancelled = site.submit(new Spin());
      site.submit(new Add(0)).join();
      start = System.nanoTime();
      cancelled.cancel(true);
      await(cancelled);
      cancels[round] = (System.nanoTime() - start) / 1e6;
    }
    print("limit-lateness", median(limits), "ms");
    print("cancel-lateness", median(cancels), "ms");
  }

  private static void await(Task<?> task) {
    try {
      task.get(30, TimeUnit.SECONDS);
      throw new IllegalStateException(task + " has a result");
    } catch (ExecutionException | java.util.concurrent.CancellationException e) {
      // Ended, as it should.
    } catch (InterruptedException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  private static double coldStarts() {
    double[] millis = new double[ROUNDS];
    for (int round = -1; round < ROUNDS; round++) {
      try (Pools pools = pools(1)) {
        CallSite<Service> site = site(pools);
        long start = System.nanoTime();
        site.submit(new Add(1)).join();
        millis[Math.max(0, round)] = (System.nanoTime() - start) / 1e6;
      }
    }
    return median(millis);
  }

  private static double orphans() throws IOException {
    double[] millis = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      Process parent =
          new ProcessBuilder(
                  ProcessHandle.current().info().command().orElse("java"),
                  "-cp",
                  System.getProperty("java.class.path"),
                  ProcessBenchmark.class.getName(),
                  "orphan")
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      BufferedReader out =
          new BufferedReader(
              new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8));
      ProcessHandle worker = ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
      long start = System.nanoTime();
      parent.destroyForcibly();
      while (worker.isAlive()) {
        Thread.onSpinWait();
      }
      millis[round] = (System.nanoTime() - start) / 1e6;
    }
    return median(millis);
  }

  private static void orphan() {
    Pools pools = pools(1);
    long pid = pools.pool("cpu").submit(() -> ProcessHandle.current().pid()).join();
    Task<Integer> spin = site(pools).submit(new Spin());
    System.out.println(pid);
    spin.join();
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  private static void print(String name, double value, String unit) {
    System.out.printf(Locale.ROOT, "%s: %,.3f %s%n", name, value, unit);
  }
}
