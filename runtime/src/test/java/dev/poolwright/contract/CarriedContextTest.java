package dev.poolwright.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.ContextCarrier;
import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.annotation.SaturationPolicy;
import dev.poolwright.internal.LogLines;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Context on pools of each kind, and what only some kinds can show. */
@Timeout(60)
final class CarriedContextTest {

  @Nested
  final class Threads extends CarriedContextContract {
    @Override
    Kind kind() {
      return Kind.THREAD;
    }

    @Test
    void theSubmitterThatRunsATaskHasItsOwnContextBack() throws Exception {
      Shape shape = Shape.of("io", 1).queue(0).policy(SaturationPolicy.CALLER_RUNS);
      Pool pool = open(Pools.builder().pool(shape.config(kind())).context(new User())).pool("io");
      Gate gate = gate();
      Task<?> unused = pool.submit(Quiet.stopAt(gate.port()));
      gate.next();
      User.is("ann");
      Task<String> here =
          pool.submit(
              () -> {
                String before = User.now();
                User.is("eve");
                return before;
              });
      assertThat(here.join()).isEqualTo("ann");
      assertThat(User.now()).isEqualTo("ann");
      User.is(null);
    }

    @Test
    @SuppressWarnings("FutureReturnValueIgnored") // The inner task is the result.
    void whatATaskSubmitsIsCapturedAnew() {
      Pools pools =
          open(Pools.builder().pool(Shape.of("io", 2).config(kind())).context(new User()));
      Pool pool = pools.pool("io");
      User.is("ann");
      Task<Task<String>> outer =
          pool.submit(
              () -> {
                User.is("eve");
                return pool.submit(() -> User.now());
              });
      User.is(null);
      assertThat(outer.join().join()).isEqualTo("eve");
      assertThat(pool.submit(() -> User.now()).join()).isEqualTo("null");
    }
  }

  @Nested
  final class VirtualThreads extends CarriedContextContract {
    @Override
    Kind kind() {
      return Kind.VIRTUAL;
    }
  }

  @Nested
  final class Clusters extends CarriedContextContract {
    @Override
    Kind kind() {
      return Kind.CLUSTER;
    }
  }

  @Nested
  final class Processes extends CarriedContextContract {
    @Override
    Kind kind() {
      return Kind.PROCESS;
    }

    private Pool carrying(ContextCarrier... carriers) {
      Pools.Builder builder = Pools.builder().pool(Shape.of("io", 1).config(kind()));
      for (ContextCarrier carrier : carriers) {
        builder.context(carrier);
      }
      return open(builder).pool("io");
    }

    @Test
    void aCarrierThatAWorkerCannotMakeStaysHereAndSaysSoOnce() {
      String local = "here";
      ContextCarrier anonymous =
          new User() {
            @Override
            public String name() {
              return local;
            }
          };
      try (LogLines log = new LogLines()) {
        Pool pool = carrying(anonymous);
        User.is("ann");
        Task<String> task = pool.submit(() -> User.now());
        assertThat(task.join()).isEqualTo("null");
        assertThat(task.thenApply(any -> User.now()).join()).isEqualTo("ann");
        assertThat(pool.submit(() -> User.now()).join()).isEqualTo("null");
        assertThat(log.lines())
            .containsExactly(
                "context carrier \"here\" stays in this JVM, since a worker JVM cannot make a "
                    + anonymous.getClass().getName());
      } finally {
        User.is(null);
      }
    }

    @Test
    void whatIsTooLargeIsLeftOutLargestFirstAndTheTraceLast() {
      try (LogLines log = new LogLines()) {
        Pool pool = carrying(new Large(), new Trace(), new User());
        User.is("ann");
        assertThat(pool.submit(() -> User.now()).join()).isEqualTo("ann");
        assertThat(pool.submit(() -> Letters.seen("large")).join()).isEqualTo(0);
        assertThat(pool.submit(() -> Letters.seen("trace")).join()).isEqualTo(7_000);
        assertThat(log.lines()).hasSize(1).first().asString().contains("\"large\"", "8192");
      } finally {
        User.is(null);
      }
    }

    @Test
    void aCarrierThatFailsInAWorkerChangesNothing() {
      try (LogLines log = new LogLines()) {
        Pool pool = carrying(new Unreadable(), new User());
        User.is("ann");
        assertThat(pool.submit(() -> User.now()).join()).isEqualTo("ann");
        assertThat(pool.submit(() -> User.now()).join()).isEqualTo("ann");
        assertThat(log.lines()).isEmpty();
      } finally {
        User.is(null);
      }
    }
  }

  /** Text of one field; knows in a worker how many letters came. */
  abstract static class Letters implements ContextCarrier {
    private static final Map<String, Integer> SEEN = new ConcurrentHashMap<>();

    private final String name;
    private final String field;
    private final int letters;

    Letters(String name, String field, int letters) {
      this.name = name;
      this.field = field;
      this.letters = letters;
    }

    static int seen(String name) {
      return SEEN.getOrDefault(name, 0);
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Object capture() {
      return "x".repeat(letters);
    }

    @Override
    public void around(Object captured, Runnable run) {
      run.run();
    }

    @Override
    public Map<String, String> export(Object captured) {
      return Map.of(field, (String) captured);
    }

    @Override
    public Object imported(Map<String, String> fields) {
      SEEN.put(name, fields.get(field).length());
      return fields;
    }
  }

  /** A text, too large next to a trace. */
  public static final class Large extends Letters {
    public Large() {
      super("large", "text", 6_000);
    }
  }

  /** A trace, which is larger still. */
  public static final class Trace extends Letters {
    public Trace() {
      super("trace", "traceparent", 7_000);
    }
  }

  /** Can be written, but not read. */
  public static final class Unreadable extends User {
    @Override
    public @Nullable Object imported(Map<String, String> fields) {
      throw new IllegalStateException("not for me");
    }
  }

  @Test
  void directPoolsCarryItToStagesAndPutBackWhatWasSet() {
    Pools pools = Pools.builder().context(new User()).direct();
    User.is("ann");
    Task<String> task = pools.pool("io").submit(() -> User.now());
    User.is("bob");
    assertThat(task.thenApply(any -> User.now() + any).join()).isEqualTo("annann");
    assertThat(User.now()).isEqualTo("bob");
    User.is(null);
    pools.close();
  }
}
