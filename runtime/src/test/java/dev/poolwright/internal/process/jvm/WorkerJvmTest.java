package dev.poolwright.internal.process.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.WorkerCrash.Kind;
import dev.poolwright.WorkerCrashedException;
import dev.poolwright.internal.LeavesNothingBehind;
import dev.poolwright.internal.process.Calls.Echo;
import dev.poolwright.internal.process.Calls.Exit;
import dev.poolwright.internal.process.Calls.FillHeap;
import dev.poolwright.internal.process.Calls.Halt;
import dev.poolwright.internal.process.Calls.Pid;
import dev.poolwright.internal.process.Calls.Throw;
import dev.poolwright.internal.process.OneWorker;
import dev.poolwright.spi.Call;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(LeavesNothingBehind.class)
class WorkerJvmTest {

  @Test
  @Tag("scenario-95")
  @DisplayName("calls one after another stay on one worker JVM")
  void runsCallsOneAfterAnother() throws IOException {
    try (OneWorker worker = OneWorker.start()) {
      assertThat(worker.call(new Echo("hällo 漢\uD800")).value()).isEqualTo("hällo 漢\uD800");
      assertThat(worker.call(new Echo(List.of(1, 2))).value()).isEqualTo(List.of(1, 2));
      assertThat(worker.call(new Pid()).value()).isEqualTo(worker.jvm.pid());
    }
  }

  @Test
  @DisplayName("a chunk's elements end one by one, one that cannot be written alone")
  void runsChunks() throws IOException {
    try (OneWorker worker = OneWorker.start()) {
      var ended = worker.calls(List.of(new Echo(1), new Echo(Thread.class), new Echo(3)));
      assertThat(ended).extracting(each -> each.value()).containsExactly(1, Thread.class, 3);
    }
  }

  @Test
  @Tag("scenario-21")
  @DisplayName("an exception keeps its type and message, and shows where in the worker it was")
  void bringsExceptionsBack() throws IOException {
    try (OneWorker worker = OneWorker.start()) {
      Throwable failure = worker.call(new Throw(new IllegalStateException("123"))).failure();
      assertThat(failure).isInstanceOf(IllegalStateException.class).hasMessage("123");
      assertThat(failure.getStackTrace()[0].getClassName()).isEqualTo(Throw.class.getName());
      assertThat(failure.getSuppressed()[0].getMessage())
          .isEqualTo("thrown in worker JVM " + worker.jvm.label());
    }
  }

  @Test
  @Tag("scenario-162")
  @DisplayName("Runtime.halt is a crash with its exit code")
  void reportsHalt() {
    assertThat(crash(new Halt(99)))
        .hasMessageContaining("terminated abruptly with exit code 99")
        .satisfies(e -> assertThat(e.crash().kind()).isEqualTo(Kind.EXITED))
        .satisfies(e -> assertThat(e.crash().exitCode()).isEqualTo(99));
  }

  @Test
  @Tag("scenario-164")
  @DisplayName("System.exit is a crash that shows the stack which called it")
  void reportsExit() {
    WorkerCrashedException crash = crash(new Exit(3));
    assertThat(crash).hasMessageContaining("was ended by System.exit, exit code 3");
    assertThat(crash.crash().kind()).isEqualTo(Kind.SYSTEM_EXIT);
    assertThat(crash.getCause()).hasMessageContaining(Exit.class.getName() + ".on(Calls.java");
  }

  @Test
  @Tag("scenario-165")
  @DisplayName("exit code 0 in the middle of a task is a crash")
  void reportsExitZero() {
    assertThat(crash(new Halt(0)).crash().exitCode()).isZero();
  }

  @Test
  @Tag("scenario-166")
  @DisplayName("a worker JVM without memory is a crash of its own kind")
  void reportsOutOfMemory() {
    WorkerCrashedException crash = crash(new FillHeap());
    assertThat(crash.crash().kind()).isEqualTo(Kind.OUT_OF_MEMORY);
    assertThat(crash).hasMessageContaining("ran out of memory (exit code 3)");
  }

  private static WorkerCrashedException crash(Call<?, ?> call) {
    OneWorker worker = OneWorker.start();
    try {
      assertThatThrownBy(() -> worker.call(call)).isInstanceOf(IOException.class);
      return worker.jvm.reap().toException("Calls.crash", false);
    } finally {
      worker.close();
    }
  }
}
