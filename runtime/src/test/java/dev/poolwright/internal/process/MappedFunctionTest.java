package dev.poolwright.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.Batch;
import dev.poolwright.JobFunction;
import dev.poolwright.MapOption;
import dev.poolwright.Pool;
import dev.poolwright.PoolSaturatedException;
import dev.poolwright.Pools;
import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.Task;
import dev.poolwright.TaskSerializationException;
import dev.poolwright.WorkerCrashedException;
import dev.poolwright.annotation.SaturationPolicy;
import dev.poolwright.internal.LeavesNothingBehind;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A function that is mapped goes once with each frame. */
@Timeout(60)
@ExtendWith(LeavesNothingBehind.class)
@SuppressWarnings("serial") // Lambdas that travel may use what is not public here.
class MappedFunctionTest {
  private static final AtomicInteger WRITTEN = new AtomicInteger();
  private static final AtomicInteger READ = new AtomicInteger();

  /** Says how often functions of its class were read in the worker JVM. */
  private static final class Counted implements JobFunction<Integer, Integer> {
    private static final long serialVersionUID = 1;
    private final int unreadable;
    private final int fatal;

    /**
     * A function.
     *
     * @param unreadable which read of it fails
     * @param fatal the input that ends the worker JVM
     */
    Counted(int unreadable, int fatal) {
      this.unreadable = unreadable;
      this.fatal = fatal;
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
      WRITTEN.getAndIncrement();
      out.defaultWriteObject();
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      if (READ.incrementAndGet() == unreadable) {
        throw new InvalidObjectException("the first is bad");
      }
    }

    @Override
    public Integer apply(Integer input) {
      if (input == fatal) {
        Runtime.getRuntime().halt(9);
      }
      return READ.get();
    }
  }

  private final List<Pools> opened = new ArrayList<>();

  @BeforeEach
  void reset() {
    WRITTEN.set(0);
  }

  @AfterEach
  void end() {
    opened.forEach(Pools::shutdownNow);
    opened.forEach(Pools::close);
  }

  private static ProcessPoolConfig cpu() {
    return ProcessPoolConfig.named("cpu").maxWorkers(1).jvmArgs("-Xmx64m");
  }

  private Pool open(ProcessPoolConfig config) {
    Pools pools = Pools.builder().pool(config).build();
    opened.add(pools);
    return pools.pool("cpu");
  }

  private <A, R> List<Task<R>> mapped(
      ProcessPoolConfig config, JobFunction<A, R> function, List<A> inputs, int chunk) {
    List<Task<R>> all = new ArrayList<>();
    open(config).map(function, inputs, MapOption.chunkSize(chunk)).tasks().forEach(all::add);
    return all;
  }

  private static <R> List<R> results(List<Task<R>> tasks) {
    return tasks.stream().map(Task::join).toList();
  }

  private static void assertRefused(Task<?> task, String why) {
    assertThatThrownBy(task::join)
        .hasCauseInstanceOf(TaskSerializationException.class)
        .hasMessageContaining(why);
  }

  @Test
  void isWrittenAndReadOnceForEachFrame() {
    List<Integer> inputs = IntStream.range(0, 100).boxed().toList();

    List<Integer> reads = results(mapped(cpu(), new Counted(0, -1), inputs, 50));

    assertThat(reads.subList(0, 50)).containsOnly(1);
    assertThat(reads.subList(50, 100)).containsOnly(2);
    assertThat(WRITTEN).hasValue(2);
  }

  @Test
  void goesWithEachChunkOfOne() {
    assertThat(results(mapped(cpu(), new Counted(0, -1), List.of(1, 2, 3), 1)))
        .containsExactly(1, 2, 3);
    assertThat(WRITTEN).hasValue(3);
  }

  @Test
  void isSentAgainToTheWorkerThatFollows() {
    List<Task<Integer>> all = mapped(cpu(), new Counted(0, 1), List.of(0, 1, 2, 3), 4);

    Task<Integer> fatal = all.get(1);
    assertThatThrownBy(fatal::join).hasCauseInstanceOf(WorkerCrashedException.class);
    assertThat(results(all.subList(2, 4))).containsOnly(1);
    assertThat(WRITTEN).hasValue(1);
  }

  @Test
  void whenItCannotBeReadItsElementFailsAndTheNextTriesAgain() {
    List<Task<Integer>> all = mapped(cpu(), new Counted(1, -1), List.of(0, 1, 2), 3);

    assertRefused(all.get(0), "argument cannot be read: ");
    assertThat(results(all.subList(1, 3))).containsExactly(2, 2);
  }

  @Test
  void whenItCannotBeWrittenEachElementFails() {
    Thread own = new Thread();

    List<Task<String>> all = mapped(cpu(), i -> own.getName() + i, List.of(1, 2), 2);

    assertThat(all).hasSize(2).doesNotHaveDuplicates();
    all.forEach(
        task -> assertRefused(task, "cannot be written: class java.lang.Thread is not Serializa"));
  }

  @Test
  void passesTheAllowListAsEverythingDoes() {
    List<Integer> added = new ArrayList<>(List.of(1));
    AtomicInteger refused = new AtomicInteger(1);

    assertThat(results(mapped(cpu().allow("java.lang.*"), i -> i + added.get(0), List.of(1, 2), 2)))
        .containsExactly(2, 3);
    mapped(cpu().allow("java.lang.*"), i -> i + refused.get(), List.of(1, 2), 2)
        .forEach(task -> assertRefused(task, "AtomicInteger is not among the allowed ones"));
  }

  @Test
  void countsForTheLimitOfEachCall() {
    byte[] own = new byte[6_000];
    ProcessPoolConfig config = cpu().payloadLimit(10_000);

    List<Task<Integer>> all =
        mapped(
            config,
            (byte[] input) -> own.length + input.length,
            List.of(new byte[5_000], new byte[2_000], new byte[3_000]),
            3);

    assertRefused(all.get(0), "takes more than 10,000 bytes");
    assertThat(results(all.subList(1, 3))).containsExactly(8_000, 9_000);
    byte[] large = new byte[10_000];
    mapped(config, (Integer i) -> i + large.length, List.of(1, 2), 2)
        .forEach(task -> assertRefused(task, "takes more than 10,000 bytes"));
  }

  @Test
  void countsOnceForTheBytesThatWait() {
    byte[] own = new byte[100_000];
    ProcessPoolConfig config =
        cpu().queueCapacity(10).queueBytes(50_000).whenSaturated(SaturationPolicy.REJECT);
    Pool pool = open(config);
    Task<Integer> first =
        pool.submit(
            () -> {
              Thread.sleep(60_000);
              return 1;
            });
    Batch<Integer> batch =
        pool.map(i -> i + own.length, List.of(1, 2, 3, 4), MapOption.chunkSize(4));

    assertThatThrownBy(() -> pool.submit(() -> 1))
        .isInstanceOf(PoolSaturatedException.class)
        .hasMessageMatching(".* it has [0-9]+ bytes, and 10[0-9],[0-9]+ of 50,000 .*");
    assertThat(first.cancel(true)).isTrue();
    assertThat(batch.toList()).containsExactly(100_001, 100_002, 100_003, 100_004);
    assertThat(pool.submit(() -> 1).join()).isEqualTo(1);
  }

  @Test
  void mayBeItsOwnInput() {
    JobFunction<Object, Boolean> isPicky = Object.class::isInstance;

    assertThat(results(mapped(cpu(), isPicky, List.of(isPicky, "text"), 2)))
        .containsExactly(true, true);
  }
}
