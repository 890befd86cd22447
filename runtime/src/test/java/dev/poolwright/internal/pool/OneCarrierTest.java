package dev.poolwright.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.VirtualPoolConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Virtual threads that have one carrier thread between them; in a JVM of their own. */
@Timeout(120)
final class OneCarrierTest {

  private static final int ROUNDS = 2_000;

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void submitsInsideSynchronized() throws Exception {
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djdk.virtualThreadScheduler.parallelism=1",
                "-Djdk.virtualThreadScheduler.maxPoolSize=1",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                OneCarrierTest.class.getName())
            .redirectErrorStream(true)
            .start();
    try {
      String out = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(out.lines()).contains("done " + 4 * ROUNDS);
      assertThat(program.waitFor()).isZero();
    } finally {
      program.destroyForcibly();
    }
  }

  /** Platform threads and virtual ones submit at once, the latter inside of a monitor. */
  public static void main(String[] args) throws InterruptedException {
    Object monitor = new Object();
    try (Pools pools = Pools.builder().pool(VirtualPoolConfig.named("web").maxWorkers(8)).build()) {
      Pool pool = pools.pool("web");
      Queue<Task<?>> inner = new ConcurrentLinkedQueue<>();
      List<Thread> submitters = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        Thread submitter =
            new Thread(
                () -> {
                  for (int round = 0; round < ROUNDS; round++) {
                    Task<?> unused =
                        pool.submit(
                            () -> {
                              synchronized (monitor) {
                                return inner.add(pool.submit(() -> 1));
                              }
                            });
                  }
                });
        submitters.add(submitter);
        submitter.start();
      }
      for (Thread each : submitters) {
        each.join();
      }
      while (pool.stats().succeeded() < 4 * ROUNDS) {
        LockSupport.parkNanos(100_000);
      }
      inner.forEach(Task::join);
      System.out.println("done " + pool.stats().succeeded());
    }
  }
}
