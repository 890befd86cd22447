package dev.poolwright.internal.flight;

import dev.poolwright.Pool;
import dev.poolwright.PoolListener;
import dev.poolwright.PoolSaturatedException;
import dev.poolwright.Pools;
import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.Task;
import dev.poolwright.ThreadPoolConfig;
import dev.poolwright.annotation.SaturationPolicy;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import javax.management.ObjectName;

/**
 * An application with a pool of threads and one of worker JVMs. Its argument is where a recording
 * goes that is started, as {@code jcmd} does, once both have run tasks; without it there is none.
 */
@SuppressWarnings("serial") // What the lambdas call is here for them alone.
final class FlightProgram {

  private FlightProgram() {}

  public static void main(String[] args) throws Exception {
    Pools.Builder builder = Pools.builder();
    if (args.length > 0) {
      builder.listener(new PoolListener() {}); // The recorder is one beside others.
    }
    try (Pools pools =
        builder
            .pool(
                ThreadPoolConfig.named("cpu")
                    .maxWorkers(1)
                    .queueCapacity(0)
                    .whenSaturated(SaturationPolicy.REJECT))
            .pool(
                ProcessPoolConfig.named("jvm")
                    .maxWorkers(1)
                    .jvmArgs("-Xmx64m", "-XX:TieredStopAtLevel=1", "-Xlog:class+load:stdout"))
            .build()) {
      pools.pool("jvm").submit(() -> sleep(20)).join();
      pools.pool("cpu").submit(() -> sleep(20)).join();
      System.out.println("before");
      if (args.length > 0) {
        command("jfrStart", "name=later");
        pools.pool("jvm").submit(() -> sleep(20)).join();
        refuse(pools.pool("cpu"));
        System.out.println("after");
      }
    }
    if (args.length > 0) {
      command("jfrDump", "name=later", "filename=" + args[0]);
      command("jfrStop", "name=later");
    }
  }

  /** Keeps the one thread busy, for longer than figures take, and has another task refused. */
  private static void refuse(Pool pool) throws InterruptedException {
    while (pool.stats().running() > 0) {
      LockSupport.parkNanos(100_000);
    }
    CountDownLatch begun = new CountDownLatch(1);
    Task<Integer> busy =
        pool.submit(
            () -> {
              begun.countDown();
              return sleep(1_500);
            });
    begun.await();
    try {
      Task<Integer> unused = pool.submit(() -> 1);
    } catch (PoolSaturatedException e) {
      System.out.println("refused");
    }
    busy.join();
  }

  private static int sleep(long millis) throws InterruptedException {
    Thread.sleep(millis);
    return 1;
  }

  private static void command(String name, String... arguments) throws Exception {
    ObjectName commands = new ObjectName("com.sun.management:type=DiagnosticCommand");
    Object unused =
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                commands, name, new Object[] {arguments}, new String[] {String[].class.getName()});
  }
}
