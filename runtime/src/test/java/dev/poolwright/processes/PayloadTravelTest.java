package dev.poolwright.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.Job;
import dev.poolwright.Task;
import dev.poolwright.TaskSerializationException;
import dev.poolwright.internal.LeavesNothingBehind;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What crosses to worker JVMs and back, and what tasks print there. */
@Timeout(180)
@ExtendWith(LeavesNothingBehind.class)
class PayloadTravelTest {

  @Test
  @Tag("scenario-24")
  @DisplayName("100 MB go to a worker JVM and come back equal")
  void echoesLargeArrays() throws Exception {
    try (Cpu cpu = new Cpu(Cpu.config(1).payloadLimit(150 << 20).jvmArgs("-Xmx700m"))) {
      byte[] large = new byte[100_000_000];
      Arrays.fill(large, (byte) 7);
      assertThat(Arrays.equals(cpu.submit(() -> large).join(), large)).isTrue();
    }
  }

  static int fail(String message) {
    throw new IllegalStateException(message);
  }

  @Test
  @Tag("scenario-21")
  @DisplayName("an exception shows the line of the worker JVM that threw it")
  void showsTheRemoteLine() throws Exception {
    try (Cpu cpu = Cpu.of(1)) {
      assertThatThrownBy(cpu.submit(() -> fail("123"))::join)
          .hasCauseInstanceOf(IllegalStateException.class)
          .hasRootCauseMessage("123")
          .hasStackTraceContaining("PayloadTravelTest.fail(PayloadTravelTest.java:");
    }
  }

  @Test
  @Tag("scenario-186")
  @Tag("scenario-189")
  @DisplayName("results that cannot be written disturb no other, on one worker JVM")
  void keepsTheChannelClean() throws Exception {
    try (Cpu cpu = Cpu.of(1)) {
      long pid = cpu.pid();
      Job<Object> bad = Object::new;
      List<Task<Object>> failing = new ArrayList<>();
      List<Task<Integer>> good = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        int number = i;
        failing.add(cpu.submit(bad));
        good.add(cpu.submit(() -> number));
      }
      for (int i = 0; i < 100; i++) {
        assertThat(good.get(i).join()).isEqualTo(i);
        assertThatThrownBy(failing.get(i)::join)
            .hasCauseInstanceOf(TaskSerializationException.class);
      }
      assertThat(cpu.pid()).isEqualTo(pid);
    }
  }

  @Test
  @Tag("scenario-191")
  @DisplayName("a worker JVM sees an argument as it was at submit")
  void takesASnapshot() throws Exception {
    try (Cpu cpu = Cpu.of(1)) {
      ArrayList<String> names = new ArrayList<>(List.of("before"));
      Task<String> task = cpu.submit(() -> String.join(",", names));
      names.add("after");
      assertThat(task.join()).isEqualTo("before");
    }
  }

  /** Adds 5 when it is written as an argument. */
  record Argument(int number) implements Serializable {
    Object writeReplace() {
      return new ArgumentBytes(number + 5);
    }
  }

  record ArgumentBytes(int number) implements Serializable {
    Object readResolve() {
      return new Argument(number);
    }
  }

  /** Is multiplied by 7 when it is written as a result. */
  record Result(int number) implements Serializable {
    Object writeReplace() {
      return new ResultBytes(number * 7);
    }
  }

  record ResultBytes(int number) implements Serializable {
    Object readResolve() {
      return new Result(number);
    }
  }

  @Test
  @Tag("scenario-192")
  @DisplayName("a type's own way to be serialized is used there and back, by processes alone")
  void usesTheTypesOwnSerialization() throws Exception {
    Argument one = new Argument(1);
    Job<Result> job = () -> new Result(one.number());
    try (Cpu cpu = Cpu.of(1)) {
      assertThat(cpu.submit(job).join()).isEqualTo(new Result(42));
      assertThat(cpu.pools.pool("default").submit(job).join()).isEqualTo(new Result(1));
    }
  }

  static int printAndClose(int lines) {
    for (int i = 0; i < lines; i++) {
      System.out.println("0123456789".repeat(10));
    }
    System.out.close();
    System.err.close();
    return lines;
  }

  @Test
  @Tag("scenario-260")
  @Tag("scenario-265")
  @DisplayName("grandchildren that print and tasks that close their streams harm nothing")
  void keepsTheProtocolApart() throws Exception {
    try (Cpu cpu = Cpu.of(1)) {
      int exitCode =
          cpu.submit(() -> new ProcessBuilder("echo", "direct").inheritIO().start().waitFor())
              .join();
      assertThat(exitCode).isZero();
      assertThat(cpu.submit(() -> printAndClose(3)).join()).isEqualTo(3);
      assertThat(cpu.submit(() -> 7).join()).isEqualTo(7);
    }
  }
}
