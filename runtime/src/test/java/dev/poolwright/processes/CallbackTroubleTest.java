package dev.poolwright.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.Job;
import dev.poolwright.Task;
import dev.poolwright.TaskSerializationException;
import dev.poolwright.WorkerCrashedException;
import dev.poolwright.internal.LeavesNothingBehind;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tasks that callbacks submit, and that end as badly as can be. */
@Timeout(120)
@ExtendWith(LeavesNothingBehind.class)
class CallbackTroubleTest {

  /** What goes wrong. */
  enum Deed {
    EXCEPTION(TaskSerializationException.class),
    ERROR(TaskSerializationException.class),
    EXIT(WorkerCrashedException.class),
    HALT(WorkerCrashedException.class);

    private final Class<? extends Exception> outcome;

    Deed(Class<? extends Exception> outcome) {
      this.outcome = outcome;
    }

    void run() {
      switch (this) {
        case EXCEPTION -> throw new IllegalStateException("on purpose");
        case ERROR -> throw new AssertionError("on purpose");
        case EXIT -> System.exit(3);
        case HALT -> Runtime.getRuntime().halt(4);
      }
    }
  }

  /** When it does. */
  enum Moment {
    ARGUMENT_WRITE,
    ARGUMENT_READ,
    RUN,
    RESULT_WRITE,
    RESULT_READ;

    boolean isInWorker() {
      return this != ARGUMENT_WRITE && this != RESULT_READ;
    }
  }

  /** Goes wrong when it is written or read. */
  private static final class Trap implements Serializable {
    private static final long serialVersionUID = 1;

    private final Deed deed;
    private final boolean isOnWrite;

    Trap(Deed deed, boolean isOnWrite) {
      this.deed = deed;
      this.isOnWrite = isOnWrite;
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
      if (isOnWrite) {
        deed.run();
      }
      out.defaultWriteObject();
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      if (!isOnWrite) {
        deed.run();
      }
    }
  }

  /**
   * One of the cases.
   *
   * @param moment when it goes wrong
   * @param deed what does
   */
  private record Trouble(Moment moment, Deed deed) {

    /** All but those that would end this JVM. */
    static Stream<Trouble> all() {
      return Arrays.stream(Moment.values())
          .flatMap(moment -> Arrays.stream(Deed.values()).map(deed -> new Trouble(moment, deed)))
          .filter(each -> each.moment.isInWorker() || each.deed.compareTo(Deed.EXIT) < 0);
    }

    Job<?> job() {
      Deed itsDeed = deed;
      Trap trap = new Trap(deed, moment == Moment.ARGUMENT_WRITE);
      return switch (moment) {
        case ARGUMENT_WRITE, ARGUMENT_READ -> () -> trap.deed.name();
        case RUN ->
            () -> {
              itsDeed.run();
              return 1;
            };
        case RESULT_WRITE -> () -> new Trap(itsDeed, true);
        case RESULT_READ -> () -> new Trap(itsDeed, false);
      };
    }

    Class<? extends Throwable> outcome() {
      return moment != Moment.RUN || deed.compareTo(Deed.EXIT) >= 0
          ? deed.outcome
          : deed == Deed.ERROR ? AssertionError.class : IllegalStateException.class;
    }
  }

  @Test
  @Tag("scenario-77")
  @DisplayName("tasks that callbacks submit fail in each of 16 ways, and the pool recovers")
  void recoversFromEach() throws Exception {
    assertThat(Trouble.all()).hasSize(16);
    try (Cpu cpu = Cpu.of(1)) {
      for (Trouble trouble : Trouble.all().toList()) {
        CompletableFuture<Task<?>> submitted = new CompletableFuture<>();
        Task<?> unused =
            cpu.submit(() -> 1).onDone(done -> submitted.complete(cpu.submit(trouble.job())));
        Task<?> bad = submitted.get();
        Cpu.awaitDone(bad);
        assertThat(bad.exceptionNow()).as("%s", trouble).isInstanceOf(trouble.outcome());
        assertThat(cpu.submit(() -> 7).join()).as("after %s", trouble).isEqualTo(7);
      }
    }
  }
}
