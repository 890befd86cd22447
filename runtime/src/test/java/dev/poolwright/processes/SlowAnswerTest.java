package dev.poolwright.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.Job;
import dev.poolwright.Task;
import dev.poolwright.TaskStatus;
import dev.poolwright.internal.LeavesNothingBehind;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers whose reading takes longer than their task may: the driver goes on. */
@Timeout(120)
@ExtendWith(LeavesNothingBehind.class)
class SlowAnswerTest {

  private static volatile CountDownLatch entered = new CountDownLatch(1);
  private static volatile CountDownLatch left = new CountDownLatch(1);

  /** Goes on in this JVM when the test says so; at once in a worker JVM. */
  private static void hold() {
    if (System.getProperty("poolwright.worker") == null) {
      entered.countDown();
      try {
        left.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  static final class OwnForm implements Serializable {
    private static final long serialVersionUID = 1;

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      hold();
    }
  }

  record Checked(int number) implements Serializable {
    Checked {
      hold();
    }
  }

  static final class Initialized implements Serializable {
    private static final long serialVersionUID = 1;

    static {
      hold();
    }
  }

  record Named() implements Serializable {
    static {
      hold();
    }
  }

  static class Constructed {
    Constructed() {
      hold();
    }
  }

  static final class Extending extends Constructed implements Serializable {
    private static final long serialVersionUID = 1;
  }

  /** What of an answer runs code of its own when it is read. */
  @SuppressWarnings("ImmutableEnumChecker") // Each is a reference to a constructor.
  enum Form {
    READ_OBJECT(OwnForm::new),
    RECORD(() -> new Checked(1)),
    CLASS_INITIALIZER(Initialized::new),
    SUPERCLASS(Extending::new);

    private final Job<Object> maker;

    Form(Job<Object> maker) {
      this.maker = maker;
    }
  }

  /** A set of 5 KB whose hash takes as many steps as there are ways through it. */
  static Object hashBomb(int depth) {
    Set<Object> root = new HashSet<>();
    Set<Object> left = root;
    Set<Object> right = new HashSet<>();
    for (int i = 0; i < depth; i++) {
      Set<Object> nextLeft = new HashSet<>();
      Set<Object> nextRight = new HashSet<>();
      nextLeft.add("odd");
      left.add(nextLeft);
      left.add(nextRight);
      right.add(nextLeft);
      right.add(nextRight);
      left = nextLeft;
      right = nextRight;
    }
    return root;
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a cancel frees the driver of an answer that is still being read")
  void freesTheDriver(Form form) throws Exception {
    try (Cpu cpu = Cpu.of(1)) {
      freesTheDriver(cpu, form.maker);
    }
  }

  @Test
  @DisplayName("a cancel frees the driver of a class whose name and arrays came before")
  void freesTheDriverOfWhatWasNamed() throws Exception {
    try (Cpu cpu = Cpu.of(1)) {
      assertThat(cpu.submit(() -> Named.class).join()).isEqualTo(Named.class);
      assertThat(cpu.submit(() -> new Named[1]).join()).hasSize(1);
      freesTheDriver(cpu, Named::new);
    }
  }

  private static void freesTheDriver(Cpu cpu, Job<Object> maker) throws Exception {
    entered = new CountDownLatch(1);
    left = new CountDownLatch(1);
    try {
      Task<Object> slow = cpu.submit(maker);
      assertThat(entered.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(slow.cancel(true)).isTrue();
      assertThat(cpu.submit(() -> 7).get(30, TimeUnit.SECONDS)).isEqualTo(7);
      cpu.pool.shutdown();
      assertThat(cpu.pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      left.countDown(); // Only now is it through.
    }
  }

  @Test
  @DisplayName("a hash bomb keeps the driver no longer than the time limit")
  void survivesHashBombs() throws Exception {
    try (Cpu cpu = new Cpu(Cpu.config(1).timeout(Duration.ofMillis(1_500)))) {
      assertThat(cpu.submit(() -> 7).join()).isEqualTo(7);
      Task<Object> bomb = cpu.submit(() -> hashBomb(22));
      Cpu.awaitDone(bomb);
      assertThat(bomb.status()).isNotEqualTo(TaskStatus.RUNNING);
      assertThat(cpu.submit(() -> 8).get(30, TimeUnit.SECONDS)).isEqualTo(8);
    }
  }

  /** As results mostly are. */
  @SuppressWarnings("ArrayRecordComponent") // As users have them.
  record Page(String title, List<String> links, Map<String, Integer> words, byte[] bytes)
      implements Serializable {}

  @Test
  @DisplayName("answers of every form are read, there and apart, in single calls and in chunks")
  void readsEveryForm() throws Exception {
    try (Cpu cpu = Cpu.of(1)) {
      Page page = cpu.submit(() -> new Page("a", List.of("b"), Map.of("c", 1), new byte[3])).join();
      assertThat(page.words()).isEqualTo(Map.of("c", 1));
      assertThat(cpu.submit(() -> Map.of("c", 1)).join()).isEqualTo(Map.of("c", 1));
      assertThat(cpu.submit(() -> List.of(1, "b")).join()).isEqualTo(List.of(1, "b"));
      List<Set<List<Integer>>> all =
          cpu.pool.map(i -> Set.of(List.of(i)), List.of(1, 2, 3, 4)).toList();
      assertThat(all).hasSize(4).contains(Set.of(List.of(3)));
    }
  }
}
