package dev.poolwright.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.poolwright.Job;
import dev.poolwright.RemoteTaskException;
import dev.poolwright.Task;
import dev.poolwright.TaskSerializationException;
import dev.poolwright.TaskSerializationException.Phase;
import dev.poolwright.WorkerCrash.Kind;
import dev.poolwright.WorkerCrashedException;
import dev.poolwright.internal.LeavesNothingBehind;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Arguments, results and exceptions that do not survive the way, each on a pool that does. */
@Timeout(120)
@ExtendWith(LeavesNothingBehind.class)
class PayloadFailureTest {

  /** Does something when it is written or read. */
  static final class Trap implements Serializable {
    private static final long serialVersionUID = 1;

    private final Deed onWrite;
    private final Deed onRead;

    Trap(Deed onWrite, Deed onRead) {
      this.onWrite = onWrite;
      this.onRead = onRead;
    }

    int value() {
      return 1;
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
      onWrite.run();
      out.defaultWriteObject();
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      onRead.run();
    }
  }

  enum Deed {
    NOTHING,
    ERROR {
      @Override
      void run() {
        throw new AssertionError("a trap");
      }
    },
    EXIT {
      @Override
      void run() {
        System.exit(4);
      }
    },
    HALT {
      @Override
      void run() {
        Runtime.getRuntime().halt(5);
      }
    };

    void run() {}
  }

  /** Fails its task, and neither the worker JVM nor the next task. */
  private static TaskSerializationException failureOf(Cpu cpu, Job<?> job) throws Exception {
    long pid = cpu.pid();
    Task<?> task = cpu.submit(job);
    Cpu.awaitDone(task);
    assertThat(task.exceptionNow()).isInstanceOf(TaskSerializationException.class);
    assertThat(cpu.pid()).isEqualTo(pid);
    return (TaskSerializationException) task.exceptionNow();
  }

  private static WorkerCrashedException crashOf(Cpu cpu, Job<?> job) throws Exception {
    Task<?> task = cpu.submit(job);
    Cpu.awaitDone(task);
    assertThat(task.exceptionNow()).isInstanceOf(WorkerCrashedException.class);
    assertThat(cpu.submit(() -> 7).join()).isEqualTo(7);
    return (WorkerCrashedException) task.exceptionNow();
  }

  private static Job<Integer> takes(Trap trap) {
    return trap::value;
  }

  /** More than two gigabytes, of which no more is in memory than a piece. */
  static final class Huge implements Serializable {
    private static final long serialVersionUID = 1;
    private static final long BYTES = 2_200_000_000L;

    private void writeObject(ObjectOutputStream out) throws IOException {
      byte[] piece = new byte[1 << 20];
      for (long written = 0; written < BYTES; written += piece.length) {
        out.write(piece);
      }
    }
  }

  @Test
  @Tag("scenario-25")
  @DisplayName("an argument of 2.2 GB is an error that names the limit, and no limit is larger")
  void refusesMoreThanAnArrayHolds() throws Exception {
    Huge huge = new Huge();
    try (Cpu cpu = Cpu.of(1)) {
      assertThat(failureOf(cpu, () -> huge.hashCode()))
          .hasMessageContaining("takes more than 67,108,864 bytes, the payload-limit of the pool")
          .hasMessageContaining("(2,147,482,623 at most)")
          .satisfies(e -> assertThat(e.phase()).isEqualTo(Phase.ARGUMENT_WRITE));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cpu.config(1).payloadLimit(2_200_000_000L))
        .withMessageContaining("must be 1,024 to 2,147,482,623");
  }

  @Test
  @Tag("scenario-177")
  @DisplayName("an Error while an argument is serialized fails its task alone")
  void survivesErrorInArgument() throws Exception {
    try (Cpu cpu = Cpu.of(1)) {
      assertThat(failureOf(cpu, takes(new Trap(Deed.ERROR, Deed.NOTHING))))
          .hasMessageContaining("argument cannot be written")
          .hasMessageContaining("a trap");
      assertThat(failureOf(cpu, takes(new Trap(Deed.NOTHING, Deed.ERROR))))
          .hasMessageContaining("argument cannot be read")
          .satisfies(e -> assertThat(e.phase()).isEqualTo(Phase.ARGUMENT_READ));
    }
  }

  @Test
  @Tag("scenario-179")
  @DisplayName("an argument that ends the worker JVM which reads it is a crash of its task")
  void survivesExitInArgument() throws Exception {
    try (Cpu cpu = Cpu.of(1)) {
      assertThat(crashOf(cpu, takes(new Trap(Deed.NOTHING, Deed.EXIT))).crash())
          .satisfies(crash -> assertThat(crash.kind()).isEqualTo(Kind.SYSTEM_EXIT))
          .satisfies(crash -> assertThat(crash.exitCode()).isEqualTo(4));
      assertThat(crashOf(cpu, takes(new Trap(Deed.NOTHING, Deed.HALT))).crash().exitCode())
          .isEqualTo(5);
    }
  }

  @Test
  @Tag("scenario-181")
  @DisplayName("a result that ends the worker JVM which writes it is a crash of its task")
  void survivesExitInResult() throws Exception {
    try (Cpu cpu = Cpu.of(1)) {
      assertThat(crashOf(cpu, () -> new Trap(Deed.EXIT, Deed.NOTHING)).crash().kind())
          .isEqualTo(Kind.SYSTEM_EXIT);
      assertThat(crashOf(cpu, () -> new Trap(Deed.HALT, Deed.NOTHING)).crash().exitCode())
          .isEqualTo(5);
    }
  }

  @Test
  @Tag("scenario-182")
  @DisplayName("a result that cannot be read fails its task alone")
  void survivesUnreadableResult() throws Exception {
    try (Cpu cpu = Cpu.of(1)) {
      assertThat(failureOf(cpu, () -> new Trap(Deed.NOTHING, Deed.ERROR)))
          .hasMessageContaining("result cannot be read")
          .hasMessageContaining("a trap")
          .satisfies(e -> assertThat(e.phase()).isEqualTo(Phase.RESULT_READ));
    }
  }

  /** Has a field that cannot travel. */
  static final class Heavy extends RuntimeException {
    private static final long serialVersionUID = 1;

    @SuppressWarnings({"serial", "unused"}) // As the test wants it.
    private final Object field = new Object();

    Heavy(String message, int code) {
      super(message + " " + code);
    }
  }

  /** Has no constructor with a message alone. */
  static final class TwoArguments extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int code;

    TwoArguments(String message, int code) {
      super(message);
      this.code = code;
    }
  }

  static int fail(RuntimeException failure) {
    throw failure;
  }

  @Test
  @Tag("scenario-184")
  @DisplayName("an exception that cannot travel comes as its text and stack, any other whole")
  void bringsTextOfExceptions() throws Exception {
    try (Cpu cpu = Cpu.of(1)) {
      long pid = cpu.pid();
      Task<Integer> heavy = cpu.submit(() -> fail(new Heavy("too", 4)));
      Cpu.awaitDone(heavy);
      assertThat(heavy.exceptionNow())
          .isInstanceOf(RemoteTaskException.class)
          .hasMessageContaining(Heavy.class.getName())
          .hasMessageContaining("too 4")
          .hasStackTraceContaining("(PayloadFailureTest.java:");
      Task<Integer> two = cpu.submit(() -> fail(new TwoArguments("two", 5)));
      Cpu.awaitDone(two);
      assertThat(two.exceptionNow())
          .isInstanceOfSatisfying(TwoArguments.class, e -> assertThat(e.code).isEqualTo(5));
      assertThat(cpu.pid()).isEqualTo(pid);
    }
  }

  @Test
  @Tag("scenario-249")
  @DisplayName("an exception larger than a payload may be comes as text, cut off")
  void trimsExceptions() throws Exception {
    try (Cpu cpu = new Cpu(Cpu.config(1).payloadLimit(1 << 20))) {
      long pid = cpu.pid();
      Task<Integer> task =
          cpu.submit(() -> fail(new IllegalStateException("long ".repeat(1_000_000))));
      Cpu.awaitDone(task);
      assertThat(task.exceptionNow())
          .isInstanceOf(RemoteTaskException.class)
          .hasMessageContaining("java.lang.IllegalStateException")
          .hasMessageContaining("long long")
          .hasMessageContaining("... trimmed");
      assertThat(cpu.pid()).isEqualTo(pid);
    }
  }

  /** Makes an object of a class that only this JVM has. */
  static Object foreign(byte[] bytes) throws ReflectiveOperationException {
    ClassLoader loader =
        new ClassLoader(PayloadFailureTest.class.getClassLoader()) {
          @Override
          protected Class<?> findClass(String name) {
            return defineClass(name, bytes, 0, bytes.length);
          }
        };
    return loader.loadClass("Foreign").getConstructor().newInstance();
  }

  static int throwForeign(byte[] bytes) throws Exception {
    throw (Exception) foreign(bytes);
  }

  @Test
  @Tag("scenario-185")
  @DisplayName("a class that only the worker JVM knows fails its task alone")
  void survivesForeignClasses(@TempDir Path temp) throws Exception {
    Path source = temp.resolve("Foreign.java");
    Files.writeString(
        source, "public class Foreign extends Exception { public Foreign() { super(\"far\"); } }");
    int exitCode =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-proc:none", "-d", temp.toString(), source.toString());
    assertThat(exitCode).isZero();
    byte[] bytes = Files.readAllBytes(temp.resolve("Foreign.class"));
    try (Cpu cpu = Cpu.of(1)) {
      Task<Integer> thrown = cpu.submit(() -> throwForeign(bytes));
      Cpu.awaitDone(thrown);
      assertThat(thrown.exceptionNow())
          .isInstanceOf(RemoteTaskException.class)
          .hasMessageContaining("Foreign")
          .hasMessageContaining("far")
          .hasStackTraceContaining("PayloadFailureTest.foreign(");
      assertThat(failureOf(cpu, () -> foreign(bytes)))
          .hasMessageContaining("class Foreign is unknown here")
          .satisfies(e -> assertThat(e.phase()).isEqualTo(Phase.RESULT_READ));
    }
  }

  @Test
  @Tag("scenario-187")
  @DisplayName("a result that cannot be written fails its task after shutdown, the pool ends")
  void failsAfterShutdown() throws Exception {
    try (Cpu cpu = Cpu.of(1)) {
      Job<Object> bad = Object::new;
      Cpu.Held<Object> held = cpu.hold(bad);
      Task<Object> queued = cpu.submit(bad);
      cpu.pool.shutdown();
      held.visitor().letGo();
      assertThat(cpu.pool.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
      assertThat(held.task().exceptionNow()).isInstanceOf(TaskSerializationException.class);
      assertThat(queued.exceptionNow()).isInstanceOf(TaskSerializationException.class);
    }
  }

  /** A list of nodes. */
  static final class Node implements Serializable {
    private static final long serialVersionUID = 1;
    private final @Nullable Node next;

    Node(@Nullable Node next) {
      this.next = next;
    }

    static Node chain(int length) {
      Node first = new Node(null);
      for (int i = 1; i < length; i++) {
        first = new Node(first);
      }
      return first;
    }

    boolean isLast() {
      return next == null;
    }
  }

  @Test
  @Tag("scenario-190")
  @DisplayName("a graph of 20,000 levels is an error that says so, there and back")
  void refusesDeepGraphs() throws Exception {
    Node deep = Node.chain(20_000);
    try (Cpu cpu = Cpu.of(1)) {
      assertThat(failureOf(cpu, () -> deep.isLast()))
          .hasMessageContaining("argument cannot be written")
          .hasMessageContaining("too deep");
      assertThat(failureOf(cpu, () -> Node.chain(20_000)))
          .hasMessageContaining("result cannot be written")
          .hasMessageContaining("too deep");
    }
  }

  @Test
  @Tag("scenario-195")
  @DisplayName("a class that the pool does not allow is refused by name, there and back")
  void refusesClassesThatAreNotAllowed() throws Exception {
    try (Cpu cpu = new Cpu(Cpu.config(1).allow("java.lang.*"))) {
      Node node = new Node(null);
      for (Job<?> job : java.util.List.<Job<?>>of(() -> node.isLast(), () -> new Node(null))) {
        assertThat(failureOf(cpu, job))
            .hasMessageContaining("class " + Node.class.getName() + " is not among the allowed")
            .hasMessageContaining("see the pool's allow patterns");
      }
    }
  }

  @Test
  @DisplayName("a class that the JVM's own filter forbids is refused, without patterns too")
  void refusesWhatTheJvmForbids() throws Exception {
    String forbids = "-Djdk.serialFilter=!" + Node.class.getName();
    Node node = new Node(null);
    for (String[] allow : new String[][] {{}, {Node.class.getName(), "java.lang.*"}}) {
      try (Cpu cpu = new Cpu(Cpu.config(1).jvmArgs(forbids).allow(allow))) {
        assertThat(failureOf(cpu, () -> node.isLast()))
            .hasMessageContaining("class " + Node.class.getName() + " is rejected by the filter")
            .hasMessageContaining("jdk.serialFilter");
      }
    }
  }

  @Test
  @Tag("scenario-195")
  @DisplayName("a graph deeper than the filter allows is refused where it is read")
  void refusesGraphsOverTheDepth() throws Exception {
    try (Cpu cpu =
        new Cpu(Cpu.config(1).jvmArgs("-Xmx64m", "-Xss64m", "-XX:ThreadStackSize=65536"))) {
      assertThat(failureOf(cpu, () -> Node.chain(12_000)))
          .hasMessageContaining("result cannot be read");
    }
  }
}
