package dev.poolwright.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.BrokenPoolException;
import dev.poolwright.Job;
import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.Task;
import dev.poolwright.TaskSerializationException;
import dev.poolwright.internal.LeavesNothingBehind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Random submits, cancels, kills and a close at a random moment. {@code -Dpoolwright.seed} repeats
 * a run, {@code -Dpoolwright.chaos-seconds} makes it longer.
 */
@Timeout(600)
@ExtendWith(LeavesNothingBehind.class)
class ProcessChaosTest {

  private record Submitted(Task<?> task, AtomicInteger ends, boolean isGood) {}

  private final long seed = Long.getLong("poolwright.seed", System.nanoTime());
  private final Random random = new Random(seed);

  private static final class Unreadable implements java.io.Serializable {
    private static final long serialVersionUID = 1;

    private Object readResolve() {
      throw new IllegalStateException("unreadable");
    }
  }

  private Job<@Nullable Object> bad(int kind) {
    Unreadable unreadable = new Unreadable();
    return switch (kind) {
      case 0 ->
          () -> {
            System.exit(3);
            return null;
          };
      case 1 ->
          () -> {
            Runtime.getRuntime().halt(0);
            return null;
          };
      case 2 -> () -> new ArrayList<>(List.of(new byte[1 << 30]));
      case 3 ->
          () -> {
            while (System.nanoTime() != 0) {
              Thread.onSpinWait();
            }
            return null;
          };
      case 4 -> () -> new byte[4 << 20];
      case 5 -> () -> unreadable;
      case 6 ->
          () -> {
            throw new StackOverflowError("deep");
          };
      default -> () -> new Object();
    };
  }

  private Submitted submit(Pool pool, int number) {
    boolean isGood = random.nextInt(100) < 80;
    int kind = random.nextInt(8);
    Job<@Nullable Object> good = () -> number;
    Task<@Nullable Object> task = pool.submit(isGood ? good : bad(kind));
    AtomicInteger ends = new AtomicInteger();
    Task<@Nullable Object> unused = task.onDone(done -> ends.incrementAndGet());
    return new Submitted(task, ends, isGood);
  }

  private void disturb(List<Submitted> all) {
    switch (random.nextInt(20)) {
      case 0 -> all.get(random.nextInt(all.size())).task().cancel(true);
      case 1 -> all.get(random.nextInt(all.size())).task().cancel(false);
      case 2 -> {
        List<ProcessHandle> children = ProcessHandle.current().children().toList();
        if (!children.isEmpty()) {
          children.get(random.nextInt(children.size())).destroyForcibly();
        }
      }
      default -> {}
    }
  }

  @Test
  @DisplayName("171, 209, 279: every task ends exactly once, nothing hangs, nothing is left")
  void survivesChaos() throws Exception {
    System.out.println("ProcessChaosTest seed " + seed);
    long seconds = Long.getLong("poolwright.chaos-seconds", 5);
    List<Submitted> all = new ArrayList<>();
    Pools pools =
        Pools.builder()
            .pool(
                ProcessPoolConfig.named("chaos")
                    .maxWorkers(3)
                    .queueCapacity(20)
                    .payloadLimit(2 << 20)
                    .timeout(Duration.ofSeconds(2))
                    .jvmArgs("-Xmx32m"))
            .onUnobservedFailure(failure -> {})
            .build();
    long start = System.nanoTime();
    try {
      while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(seconds)) {
        all.add(submit(pools.pool("chaos"), all.size()));
        disturb(all);
      }
    } catch (BrokenPoolException e) {
      System.out.println("broken after " + all.size() + " tasks, seed " + seed);
    } finally {
      pools.close(Duration.ofMillis(random.nextInt(2_000)));
    }
    awaitAll(all);
    System.out.println(all.size() + " tasks; " + pools.pool("chaos").stats());
  }

  private void awaitAll(List<Submitted> all) throws Exception {
    for (Submitted each : all) {
      try {
        Object result = each.task().get(30, TimeUnit.SECONDS);
        assertThat(each.isGood()).as("seed %s: %s", seed, result).isTrue();
      } catch (TimeoutException e) {
        throw new AssertionError("seed " + seed + ": not ended: " + each, e);
      } catch (java.util.concurrent.ExecutionException
          | java.util.concurrent.CancellationException e) {
        assertThat(e).isNotInstanceOf(TaskSerializationException.class);
      }
      assertThat(each.ends()).as("seed %s: %s", seed, each).hasValue(1);
    }
  }
}
