package dev.poolwright.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.poolwright.Job;
import dev.poolwright.RemoteTaskException;
import dev.poolwright.TaskSerializationException;
import dev.poolwright.WorkerCrashedException;
import dev.poolwright.internal.process.jvm.WorkerExit;
import dev.poolwright.internal.wire.Outcomes.Ending;
import dev.poolwright.spi.Call;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.ObjectStreamField;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a pool with allow patterns lets in, and that nothing else runs code, in any direction. */
@Timeout(60)
class AllowListTest {

  /** How often code of an attacker's classes ran. */
  private static final AtomicInteger RAN = new AtomicInteger();

  private final Payloads strict = new Payloads(List.of("java.util.**"), 1 << 20);
  private final Outcomes outcomes = new Outcomes(strict);

  /** Runs code when it is read; and has a lambda, so that streams may name it. */
  static final class Loud implements Serializable {
    private static final long serialVersionUID = 1;

    static Job<Integer> lambda() {
      return () -> 42;
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      RAN.incrementAndGet();
    }

    private Object readResolve() {
      RAN.incrementAndGet();
      return this;
    }
  }

  static final class LoudException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LoudException(String message) {
      super(message);
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      RAN.incrementAndGet();
    }
  }

  static class BaseException extends Exception {
    private static final long serialVersionUID = 1;
  }

  static final class DeclaredException extends BaseException {
    private static final long serialVersionUID = 1;
  }

  record Echo(@Nullable Object value) implements Call<AllowListTest, @Nullable Object> {
    @Override
    public @Nullable Object on(AllowListTest target) throws DeclaredException {
      return value;
    }
  }

  @BeforeEach
  void nothingRan() {
    RAN.set(0);
  }

  /** What somebody writes who leaves our own writer alone: a value in the JDK's form. */
  private static ByteBuffer forged(Object... values) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(values.length == 1 ? values[0] : new ArrayList<>(List.of(values)));
    }
    return value(bytes.toByteArray());
  }

  private static ByteBuffer value(byte[] stream) {
    ByteBuffer out = ByteBuffer.allocate(5 + stream.length);
    return out.put((byte) 12).putInt(stream.length).put(stream).flip();
  }

  private void refusesCall(ByteBuffer bytes) {
    assertThatThrownBy(() -> strict.readCall("T.call", Echo.class, bytes))
        .isInstanceOf(TaskSerializationException.class)
        .hasMessageContaining("the filter rejected it");
    assertThat(RAN).hasValue(0);
  }

  private void refusesResult(ByteBuffer bytes) {
    assertThatThrownBy(
            () -> strict.readResult("T.call", Echo.class, Echo.class.getClassLoader(), bytes))
        .isInstanceOf(TaskSerializationException.class)
        .hasMessageContaining("the filter rejected it");
    assertThat(RAN).hasValue(0);
  }

  @Test
  @DisplayName("a lambda lets in no object of the class that it was written in")
  void takesNoObjectsForTheirLambdas() throws Exception {
    refusesCall(strict.writeCall("T.call", new Echo(new Object[] {Loud.lambda(), new Loud()})));
    refusesCall(forged(Loud.lambda(), new Loud()));
    refusesCall(forged(new Echo(List.of(Loud.lambda(), new Loud()))));
  }

  @Test
  @DisplayName("a lambda travels with a call, and what it holds is filtered")
  void takesLambdasForThemselves() throws Exception {
    Echo echo =
        (Echo)
            strict.readCall(
                "T.call", Echo.class, strict.writeCall("T.call", new Echo(Loud.lambda())));
    assertThat(((Job<?>) echo.value()).call()).isEqualTo(42);
    List<String> held = new ArrayList<>(List.of("held"));
    Job<String> holds = () -> held.get(0);
    echo =
        (Echo) strict.readCall("T.call", Echo.class, strict.writeCall("T.call", new Echo(holds)));
    assertThat(((Job<?>) echo.value()).call()).isEqualTo("held");
    Loud loud = new Loud();
    Job<String> holdsMore = () -> loud.getClass().getName();
    refusesCall(strict.writeCall("T.call", new Echo(holdsMore)));
  }

  @Test
  @DisplayName("no lambda is let in with a result, and no object by one")
  void takesNoLambdaForResult() throws Exception {
    PayloadBuffer out = new PayloadBuffer(1 << 20);
    strict.writeResult("T.call", Loud.lambda(), out);
    refusesResult(out.toByteBuffer());
    refusesResult(forged(Loud.lambda()));
    refusesResult(forged(Loud.lambda(), new Loud()));
    refusesResult(forged(new Loud()));
  }

  private static LoudException withCause(LoudException failure) {
    failure.initCause(new ArithmeticException());
    return failure;
  }

  private Ending thrown(Throwable failure) throws ProtocolDesyncException {
    PayloadBuffer out = new PayloadBuffer(1 << 20);
    outcomes.writeThrown(failure, Echo.class, out);
    return read(out.toByteBuffer());
  }

  private Ending read(ByteBuffer bytes) throws ProtocolDesyncException {
    return outcomes.read("T.call", Echo.class, Echo.class.getClassLoader(), "io-1, pid 1", bytes);
  }

  @Test
  @DisplayName("an exception that is not allowed comes as text, in place of a cause as well")
  void judgesExceptionsOneByOne() throws Exception {
    assertThat(thrown(new LoudException("top")).failure())
        .isInstanceOf(RemoteTaskException.class)
        .hasMessageContaining("LoudException: top");
    IllegalStateException top =
        new IllegalStateException("top", withCause(new LoudException("cause")));
    top.addSuppressed(new LoudException("suppressed"));
    Throwable failure = thrown(top).failure();
    assertThat(failure).isExactlyInstanceOf(IllegalStateException.class).hasMessage("top");
    assertThat(failure.getCause())
        .isInstanceOf(RemoteTaskException.class)
        .hasMessageContaining("LoudException: cause")
        .hasCauseExactlyInstanceOf(ArithmeticException.class);
    assertThat(failure.getSuppressed()[0])
        .isInstanceOf(RemoteTaskException.class)
        .hasMessageContaining("LoudException: suppressed");
    assertThat(RAN).hasValue(0);
  }

  @Test
  @DisplayName("exceptions that a method declares come as themselves, with what they extend")
  void takesDeclaredExceptions() throws Exception {
    assertThat(thrown(new DeclaredException()).failure())
        .isExactlyInstanceOf(DeclaredException.class);
  }

  @Test
  @DisplayName("a crash that a task met in a pool of its own comes with its facts")
  void takesCrashes() throws Exception {
    WorkerCrashedException crash =
        new WorkerExit("cpu", "cpu-1", 7, 3, Instant.now(), "last words", "at Exit.exit", null)
            .toException("T.call", false);
    Throwable failure = thrown(crash).failure();
    assertThat(failure).isInstanceOf(WorkerCrashedException.class);
    assertThat(((WorkerCrashedException) failure).crash().exitCode()).isEqualTo(3);
    assertThat(failure.getCause()).hasSameClassAs(crash.getCause());
  }

  @Test
  @SuppressWarnings("ByteBufferBackingArray") // Made in here, by allocate.
  @DisplayName("an exception that somebody forged is not read")
  void readsNoForgedException() throws Exception {
    PayloadBuffer out = new PayloadBuffer(1 << 20);
    out.write(1);
    RemoteFailures.writeText(new LoudException("forged"), out);
    ByteBuffer forged = forged(new IllegalStateException(new LoudException("forged")));
    out.write(forged.array(), 1, forged.remaining() - 1);
    assertThat(read(out.toByteBuffer()).failure())
        .isInstanceOf(RemoteTaskException.class)
        .hasMessageContaining("forged");
    assertThat(RAN).hasValue(0);
    refusesCall(forged(new LoudException("as an argument")));
    refusesResult(forged(new LoudException("as a result")));
  }

  @Test
  @DisplayName("exceptions that always travel are in java.base, and hold no objects of their own")
  void listsHarmlessExceptions() {
    Set<String> ofFacts = Set.of("java.time.Instant", "java.time.Ser"); // when a worker started
    int found = 0;
    for (String name : AllowedExceptions.names()) {
      Class<?> type;
      try {
        type = Class.forName(name);
      } catch (ClassNotFoundException e) {
        continue; // Another version of Java has it.
      }
      if (!name.startsWith("dev.poolwright.") && !ofFacts.contains(name)) {
        found++;
        assertThat(type).isAssignableTo(Throwable.class);
        assertThat(type.getModule()).isSameAs(Object.class.getModule());
        assertThat(ownObjects(type)).as(name).isEmpty();
      }
    }
    assertThat(found).isGreaterThan(150);
  }

  @Test
  void everyPublicExceptionOfThisLibraryAlwaysTravels() {
    List<String> exceptions =
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.poolwright")
                .stream()
                .filter(type -> type.isAssignableTo(Throwable.class))
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(type -> type.getPackageName().equals("dev.poolwright"))
                .map(JavaClass::getName)
                .toList();
    assertThat(exceptions).hasSizeGreaterThan(8);
    assertThat(AllowedExceptions.names()).containsAll(exceptions);
    assertThat(AllowedExceptions.names())
        .filteredOn(name -> name.startsWith("dev.poolwright."))
        .allSatisfy(name -> assertThat(Class.forName(name)).isNotNull());
  }

  private static List<String> ownObjects(Class<?> type) {
    List<String> found = new ArrayList<>();
    for (Class<?> each = type;
        each != Throwable.class && each != Object.class;
        each = each.getSuperclass()) {
      for (ObjectStreamField field : ObjectStreamClass.lookup(each).getFields()) {
        if (!field.isPrimitive() && field.getType() != String.class) {
          found.add(field.getName());
        }
      }
    }
    return found;
  }
}
