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

  /** An initializer that never ends, and says that it runs. */
  public static final class Endless implements Runnable {
    @Override
    public void run() {
      System.out.println("starting " + ProcessHandle.current().pid());
      while (System.nanoTime() != 0) {
        Thread.onSpinWait();
      }
    }
  }

  private static void start() {
    Pools pools =
        Pools.builder()
            .pool(
                ProcessPoolConfig.named("cpu")
                    .maxWorkers(1)
                    .initializer(Endless.class)
                    .jvmArgs("-Xmx64m"))
            .build();
    Task<Integer> never = pools.pool("cpu").submit(() -> 1);
    never.join();
  }

  private static void shutdown() {
    Pools pools =
        Pools.builder()
            .pool(ProcessPoolConfig.named("cpu").maxWorkers(1).jvmArgs("-Xmx64m"))
            .build();
    Task<?> task =
        pools
            .pool("cpu")
            .submit(
                () -> {
                  Thread.sleep(300);
                  System.out.println("apple");
                  return 1;
                });
    Task<?> unused = task.onDone(done -> System.out.println(done.status()));
    pools.pool("cpu").shutdown();
  }

  private static void family() {
    Pools pools =
        Pools.builder()
            .pool(ProcessPoolConfig.named("cpu").maxWorkers(1).jvmArgs("-Xmx64m"))
            .build();
    pools
        .pool("cpu")
        .submit(
            () -> {
              Process child = new ProcessBuilder("sleep", "1000").start();
              System.out.println("starting " + child.pid());
              return child.waitFor();
            })
        .join();
  }

  public static void main(String[] args) throws InterruptedException {
    switch (args.length > 0 ? args[0] : "") {
      case "start" -> start();
      case "shutdown" -> shutdown();
      case "family" -> family();
      default -> busyAndIdle(args);
    }
  }

  private static void busyAndIdle(String[] args) throws InterruptedException {
    Pools pools =
        Pools.builder()
            .exitHook(args.length < 2)
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
