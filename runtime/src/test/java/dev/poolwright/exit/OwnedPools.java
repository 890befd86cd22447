package dev.poolwright.exit;

import dev.poolwright.Pools;
import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.Task;
import dev.poolwright.ThreadPoolConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A program with pools of both kinds and work for them, that waits for a signal. With "own" it
 * closes the pools in a hook of its own, otherwise there is an exit grace.
 */
@SuppressWarnings("serial") // The tasks travel as they are.
final class OwnedPools {
  private OwnedPools() {}

  /** Runs it. */
  public static void main(String[] args) throws InterruptedException {
    boolean isOwn = args[0].equals("own");
    Pools.Builder builder =
        Pools.builder()
            .pool(ThreadPoolConfig.named("io").maxWorkers(1))
            .pool(ProcessPoolConfig.named("cpu").maxWorkers(1).jvmArgs("-Xmx64m"));
    Pools pools =
        isOwn ? builder.exitHook(false).build() : builder.exitGrace(Duration.ofSeconds(20)).build();
    List<Task<?>> tasks = new ArrayList<>();
    CountDownLatch begun = new CountDownLatch(1);
    pools.pool("cpu").submit(() -> 1).join();
    for (int i = 0; i < 3; i++) {
      tasks.add(pools.pool("cpu").submit(OwnedPools::work));
    }
    for (int i = 0; i < 3; i++) {
      tasks.add(
          pools
              .pool("io")
              .submit(
                  () -> {
                    begun.countDown();
                    return work();
                  }));
    }
    begun.await();
    if (isOwn) {
      Thread hook =
          new Thread(
              () -> {
                pools.close(Duration.ofSeconds(20));
                tasks.forEach(task -> System.out.println(task.status()));
              });
      Runtime.getRuntime().addShutdownHook(hook);
    } else {
      tasks.forEach(
          task -> {
            Task<?> unused = task.onDone(done -> System.out.println(done.status()));
          });
    }
    System.out.println("ready");
    new CountDownLatch(1).await();
  }

  private static int work() throws InterruptedException {
    Thread.sleep(300); // The task's own work.
    return 1;
  }
}
