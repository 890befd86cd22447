package dev.poolwright.contract;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.UnobservedFailure;
import dev.poolwright.internal.LeavesNothingBehind;
import dev.poolwright.internal.LogLines;
import dev.poolwright.internal.cluster.FakeCluster;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A promise that pools of every kind keep. Work that tests submit can travel: it uses static
 * methods and values, and stops at a {@link Gate} instead of a latch.
 */
@ExtendWith(LeavesNothingBehind.class)
@Timeout(60)
abstract class PoolContract {

  /** Failures that nobody observed, as the pools reported them. */
  final Queue<UnobservedFailure> unobserved = new ConcurrentLinkedQueue<>();

  /** Finds the class around the test, if that says which pools are under test. */
  @RegisterExtension
  final BeforeEachCallback findsItsKind =
      context ->
          around = context.getRequiredTestInstances().findInstance(OfOneKind.class).orElse(null);

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private @Nullable OfOneKind around;
  private boolean hasWorkers;

  /** A class of contracts that are kept by pools of one kind. */
  interface OfOneKind {
    Kind kind();

    /** What works for cluster pools, until it is closed after them. */
    default AutoCloseable workers() {
      return nodes();
    }
  }

  /** Which pools are under test. */
  Kind kind() {
    return Objects.requireNonNull(around, "no class around this says of which kind").kind();
  }

  private static AutoCloseable nodes() {
    FakeCluster cluster = new FakeCluster("contract", "io", "cpu", "db", "other");
    cluster.node("one", 4);
    cluster.node("two", 4);
    return cluster;
  }

  /** Whether tasks run in this JVM. */
  final boolean isThreads() {
    return kind() != Kind.PROCESS && kind() != Kind.CLUSTER;
  }

  /** A pattern for the threads of a pool named io that run stages. */
  final String stageThreads() {
    return switch (kind()) {
      case DIRECT -> Pattern.quote(Thread.currentThread().getName());
      case PROCESS, CLUSTER -> "poolwright-callback-\\d+";
      default -> "io-\\d+";
    };
  }

  /**
   * For what only pools can keep that have settings, and whose tasks run, or wait, while the test
   * goes on.
   */
  final void needsWorkers() {
    assumeFalse(kind() == Kind.DIRECT, "a submit returns when the task has run");
  }

  /** New pools, which the end of the test stops. */
  final Pools open(Shape... shapes) {
    Pools.Builder builder = Pools.builder();
    for (Shape shape : shapes) {
      builder.pool(shape.config(kind()));
    }
    return open(builder);
  }

  /** The same, of any kinds. */
  final Pools open(Pools.Builder builder) {
    if (kind() == Kind.CLUSTER && !hasWorkers) {
      hasWorkers = true;
      opened.push(around == null ? nodes() : around.workers());
    }
    builder.onUnobservedFailure(unobserved::add);
    Pools pools = kind() == Kind.DIRECT ? builder.direct() : builder.build();
    opened.push(
        () -> {
          pools.shutdownNow();
          pools.close();
        });
    return pools;
  }

  /** A time limit that a first call in a fresh worker JVM keeps on a busy machine, too. */
  final Duration limit() {
    return Duration.ofMillis(kind() == Kind.PROCESS ? 2_000 : 500);
  }

  /** A pool named io of new pools, which the end of the test stops. */
  final Pool io(int workers) {
    return io(Shape.of("io", workers));
  }

  final Pool io(Shape shape) {
    return open(shape).pool(shape.name());
  }

  /** Waits until every worker of a pool has started, for tests that measure time. */
  final void warm(Pool pool, int workers) throws IOException {
    Gate gate = gate();
    int port = gate.port();
    for (int i = 0; i < workers; i++) {
      Task<?> unused = pool.submit(Quiet.stopAt(port));
    }
    for (int i = 0; i < workers; i++) {
      gate.next();
    }
    gate.close();
  }

  /** A gate that the end of the test opens. */
  final Gate gate() throws IOException {
    needsWorkers();
    Gate gate = new Gate();
    opened.push(gate);
    return gate;
  }

  /** What was logged, but for what is said of virtual threads, and of pools of other tests. */
  static List<String> said(LogLines log) {
    return log.lines().stream()
        .filter(line -> !line.startsWith("virtual threads of "))
        .filter(line -> !line.startsWith("pool \"render\" runs as threads because of "))
        .toList();
  }

  /** How often to run what is a matter of luck. */
  static int times(int atLeast) {
    return Math.max(atLeast, Integer.getInteger("poolwright.repeat", 1));
  }

  /** Waits until the task is done and its callbacks have run; does not observe its outcome. */
  static void awaitDone(Task<?> task) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    Task<?> unused = task.onDone(ended -> done.countDown());
    done.await();
  }

  /** Waits until a thread waits, for good or for a time. */
  static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TIMED_WAITING) {
      LockSupport.parkNanos(100_000);
    }
  }

  @AfterEach
  final void closeAll() throws Exception {
    for (AutoCloseable next; (next = opened.poll()) != null; ) {
      next.close();
    }
  }
}
