package dev.poolwright.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.Job;
import dev.poolwright.RemoteTaskException;
import dev.poolwright.TaskSerializationException;
import dev.poolwright.TaskSerializationException.Phase;
import dev.poolwright.internal.wire.Outcomes.Ending;
import dev.poolwright.spi.Call;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PayloadsTest {
  private static final int LIMIT = 100_000;

  private final Payloads payloads = new Payloads(List.of(), LIMIT);

  record Echo(@Nullable Object value) implements Call<PayloadsTest, @Nullable Object> {
    @Override
    public @Nullable Object on(PayloadsTest target) {
      return value;
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // As in the call of a method that takes an array.
  record Many(
      int i,
      long l,
      double d,
      float f,
      short s,
      byte b,
      char c,
      boolean t,
      String text,
      byte @Nullable [] bytes,
      List<String> list)
      implements Call<PayloadsTest, String> {
    @Override
    public String on(PayloadsTest target) {
      return "" + i + l + d + f + s + b + c + t + text + Arrays.toString(bytes) + list;
    }
  }

  record Two(List<String> one, List<String> other) implements Call<PayloadsTest, Boolean> {
    @Override
    public Boolean on(PayloadsTest target) {
      return one == other;
    }
  }

  /** A chain that JDK serialization walks by recursion. */
  static final class Link implements Serializable {
    private static final long serialVersionUID = 1;
    @Nullable Link next;
  }

  private Call<?, ?> travelled(Call<?, ?> call) {
    return payloads.readCall("T.call", call.getClass(), payloads.writeCall("T.call", call));
  }

  @Test
  @DisplayName("a rehearsal reads what a parent would write, and has its answer")
  void rehearses() throws Exception {
    PayloadBuffer out = new PayloadBuffer(LIMIT);
    payloads.writeComponents(out, 7);
    assertThat(out.toByteBuffer()).isEqualTo(payloads.writeCall("", new Rehearsal(7)));
    assertThat(payloads.readCall("", Rehearsal.class, out.toByteBuffer()))
        .isEqualTo(new Rehearsal(7));
    Rehearsal.hold();
  }

  @Test
  @DisplayName("calls come back with components of every kind")
  @SuppressWarnings("unchecked")
  void bringsCallsBack() throws Throwable {
    Many many =
        new Many(
            -1,
            Long.MIN_VALUE,
            Double.NaN,
            1.5f,
            (short) -2,
            (byte) 3,
            'ß',
            true,
            "漢\uD800",
            new byte[] {1, 2},
            List.of("a"));
    Call<PayloadsTest, String> read = (Call<PayloadsTest, String>) travelled(many);
    assertThat(read.on(this)).isEqualTo(many.on(this));
  }

  @Test
  @DisplayName("Optionals travel, also inside collections and under an allow list")
  void bringsOptionals() {
    List<Optional<String>> value = List.of(Optional.of("a"), Optional.empty());

    assertThat(((Echo) travelled(new Echo(value))).value()).isEqualTo(value);
    assertThat(((Echo) travelled(new Echo(Optional.of(1)))).value()).isEqualTo(Optional.of(1));
    Payloads strict = new Payloads(List.of("java.util.*"), LIMIT);
    Call<?, ?> strictly =
        strict.readCall("T.call", Echo.class, strict.writeCall("T.call", new Echo(value)));
    assertThat(((Echo) strictly).value()).isEqualTo(value);
  }

  @Test
  @DisplayName("what two components share, they share afterwards")
  @SuppressWarnings("unchecked")
  void keepsSharedObjects() throws Throwable {
    List<String> shared = new ArrayList<>(List.of("x"));
    Call<PayloadsTest, Boolean> read =
        (Call<PayloadsTest, Boolean>) travelled(new Two(shared, shared));
    assertThat(read.on(this)).isEqualTo(true);
  }

  @Test
  @DisplayName("an argument that calls share is not in them, and is one object for all of them")
  @SuppressWarnings("unchecked")
  void sharesArguments() throws Throwable {
    List<String> list = new ArrayList<>(List.of("x".repeat(1_000)));
    SharedArgument written = Objects.requireNonNull(payloads.share(list));
    PayloadBuffer out = new PayloadBuffer(0);
    payloads.writeCall("T.call", new Two(list, list), written, out);
    assertThat(out.size()).isLessThan(10);
    list.clear();

    CallHeader header = new CallHeader("T.call", "", "", false, 0, Map.of(), written.bytes());
    SharedArgument read = SharedArgument.of(header);
    var one =
        (Call<PayloadsTest, Boolean>)
            payloads.readCall("T.call", Two.class, out.toByteBuffer(), read);
    Two other = (Two) payloads.readCall("T.call", Two.class, out.toByteBuffer(), read);
    assertThat(one.on(this)).isEqualTo(true);
    assertThat(other.one()).isSameAs(((Two) one).one()).containsExactly("x".repeat(1_000));
    assertThatThrownBy(() -> payloads.readCall("T.call", Two.class, out.toByteBuffer()))
        .isInstanceOf(TaskSerializationException.class)
        .hasMessageContaining("a shared argument that the frame does not have");
    assertThat(payloads.share(new Thread())).isNull();
    assertThat(payloads.share(new byte[LIMIT])).isNull();
  }

  @Test
  @Tag("scenario-191")
  @DisplayName("a call is a snapshot of its arguments")
  void isSnapshot() {
    List<String> list = new ArrayList<>(List.of("before"));
    var bytes = payloads.writeCall("T.call", new Echo(list));
    list.set(0, "after");
    assertThat(payloads.readCall("T.call", Echo.class, bytes))
        .isEqualTo(new Echo(List.of("before")));
  }

  @Test
  @Tag("scenario-190")
  @DisplayName("a graph of 20,000 levels is an error that says so")
  void refusesDeepGraphs() {
    Link first = new Link();
    Link last = first;
    for (int i = 0; i < 20_000; i++) {
      last.next = new Link();
      last = last.next;
    }
    assertThatThrownBy(() -> payloads.writeCall("T.call", new Echo(first)))
        .isInstanceOf(TaskSerializationException.class)
        .hasMessageContaining("refers to a graph too deep for the stack");
  }

  @Test
  @Tag("scenario-25")
  @DisplayName("an argument over the limit is an error that names type and limit")
  void refusesLargeArguments() {
    assertThatThrownBy(() -> payloads.writeCall("T.call", new Echo(new byte[LIMIT])))
        .isInstanceOfSatisfying(
            TaskSerializationException.class,
            e -> assertThat(e.phase()).isEqualTo(Phase.ARGUMENT_WRITE))
        .hasMessage(
            "T.call: argument cannot be written: "
                + Echo.class.getName()
                + " takes more than 100,000 bytes, the payload-limit of the pool (2,147,482,623 at"
                + " most)");
  }

  @Test
  @Tag("scenario-189")
  @DisplayName("a result that fails leaves nothing of itself in the frame")
  void leavesNoHalfResult() throws ProtocolDesyncException {
    Outcomes outcomes = new Outcomes(payloads);
    PayloadBuffer out = new PayloadBuffer(LIMIT);
    outcomes.writeReturned("T.call", List.of(1, new Object()), out);
    Ending outcome = read(outcomes, out);
    assertThat(outcome.failure())
        .isInstanceOf(TaskSerializationException.class)
        .hasMessageContaining(
            "result cannot be written: class java.lang.Object is not Serializable");
  }

  private static Ending read(Outcomes outcomes, PayloadBuffer out) throws ProtocolDesyncException {
    ClassLoader loader = PayloadsTest.class.getClassLoader();
    return outcomes.read("T.call", Echo.class, loader, "io-1, pid 1", out.toByteBuffer());
  }

  /** Nothing of it can be had. */
  static final class Hostile extends RuntimeException {
    private static final long serialVersionUID = 1;

    @Override
    public String toString() {
      throw Hostile.<RuntimeException>sneaky(new IOException("no text"));
    }

    @Override
    public String getMessage() {
      throw Hostile.<RuntimeException>sneaky(new IOException("no message"));
    }

    @Override
    public StackTraceElement[] getStackTrace() {
      throw new StackOverflowError("no stack");
    }

    @Override
    public synchronized Throwable getCause() {
      throw new IllegalStateException("no cause");
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> E sneaky(Throwable thrown) throws E {
      throw (E) thrown;
    }

    private Object writeReplace() {
      throw new IllegalStateException("no form");
    }
  }

  @Test
  @DisplayName("of an exception whose every method throws, at least the class travels")
  void bringsTheClassOfHostileExceptions() throws ProtocolDesyncException {
    PayloadBuffer out = new PayloadBuffer(1 << 20);
    Outcomes outcomes = new Outcomes(payloads);
    outcomes.writeThrown(new Hostile(), Echo.class, out);
    Throwable failure = read(outcomes, out).failure();
    assertThat(failure).isInstanceOf(RemoteTaskException.class);
    assertThat(((RemoteTaskException) failure).className()).isEqualTo(Hostile.class.getName());
  }

  /** Neither it nor its text can be had. */
  static final class Odd extends RuntimeException {
    private static final long serialVersionUID = 1;

    @SuppressWarnings({"unused", "serial"}) // It is to be refused.
    private final Object unserializable = new Object();

    @Override
    public String getMessage() {
      throw new IllegalStateException("no message either");
    }
  }

  @Test
  @Tag("scenario-17")
  @Tag("scenario-184")
  @DisplayName("an exception that cannot travel comes as text with its stack")
  void bringsOddExceptionsAsText() throws ProtocolDesyncException {
    Outcomes outcomes = new Outcomes(payloads);
    PayloadBuffer out = new PayloadBuffer(LIMIT);
    outcomes.writeThrown(new Odd(), null, out);
    Throwable failure = read(outcomes, out).failure();
    assertThat(failure)
        .isInstanceOf(RemoteTaskException.class)
        .hasMessageContaining("PayloadsTest");
    assertThat(((RemoteTaskException) failure).className()).isEqualTo(Odd.class.getName());
  }

  @Test
  @Tag("scenario-195")
  @DisplayName("with patterns, any other class is refused by name; declared types are not")
  void filters() {
    Payloads strict = new Payloads(List.of("java.util.*"), LIMIT);
    var allowed = strict.writeCall("T.call", new Echo(List.of("x")));
    assertThat(strict.readCall("T.call", Echo.class, allowed)).isEqualTo(new Echo(List.of("x")));
    var refused = strict.writeCall("T.call", new Echo(new Link()));
    assertThatThrownBy(() -> strict.readCall("T.call", Echo.class, refused))
        .isInstanceOf(TaskSerializationException.class)
        .hasMessageContaining(
            "the filter rejected it: class " + Link.class.getName() + " is not among the allowed");
  }

  @Test
  @Tag("scenario-195")
  @DisplayName("with patterns, a lambda travels without being listed")
  void letsLambdasTravel() throws Exception {
    Payloads strict = new Payloads(List.of("no.such.Type"), LIMIT);
    Job<Integer> lambda = () -> 42;
    var bytes = strict.writeCall("T.call", new Echo(lambda));
    Echo read = (Echo) strict.readCall("T.call", Echo.class, bytes);
    assertThat(((Job<?>) read.value()).call()).isEqualTo(42);
  }
}
