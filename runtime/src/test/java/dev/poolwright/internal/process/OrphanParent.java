package dev.poolwright.internal.process;

import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.Task;
import dev.poolwright.TaskContext;
import java.util.concurrent.CountDownLatch;

/** A program with one idle and one busy worker JVM, for tests that kill it. */
final class OrphanParent {
  private OrphanParent() {}

  public static void main(String[] args) throws InterruptedException {
    Pools pools =
        Pools.builder()
            .pool(ProcessPoolConfig.named("cpu").maxWorkers(2).prestart(2).jvmArgs("-Xmx64m"))
            .build();
    Pool pool = pools.pool("cpu");
    long idle = pool.submit(() -> ProcessHandle.current().pid()).join();
    CountDownLatch spins = new CountDownLatch(1);
    Task<Integer> busy =
        pool.submit(
            () -> {
              System.out.println("busy " + ProcessHandle.current().pid());
              TaskContext.current().progress(0, "spins");
              int turns = 0;
              while (System.nanoTime() != 0) {
                turns++;
              }
              return turns;
            });
    Task<Integer> unused = busy.onProgress(progress -> spins.countDown());
    spins.await();
    System.out.println("idle " + idle);
    System.out.println("ready");
    if (args.length > 0 && args[0].equals("return")) {
      busy.cancel(true);
      return;
    }
    if (args.length > 0 && args[0].equals("exit")) {
      System.exit(7);
    }
    busy.join();
  }
}
