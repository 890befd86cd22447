package dev.poolwright.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.spi.Call;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which answers a driver reads by itself, and which are read apart since they may take long. */
@Timeout(60)
class ReadCostTest {
  private final Outcomes outcomes = new Outcomes(new Payloads(List.of(), 1 << 20));

  record Give(@Nullable Object value) implements Call<ReadCostTest, @Nullable Object> {
    @Override
    public @Nullable Object on(ReadCostTest target) {
      return value;
    }
  }

  private ByteBuffer written(@Nullable Object value) {
    PayloadBuffer out = new PayloadBuffer(1 << 20);
    outcomes.writeReturned("T.give", value, out);
    return out.toByteBuffer();
  }

  private boolean isQuick(@Nullable Object value) throws Exception {
    return outcomes.readQuickly(
            "T.give", Give.class, Give.class.getClassLoader(), "cpu-1", written(value))
        != null;
  }

  private void readApart(@Nullable Object value) throws Exception {
    Outcomes.Ending read =
        outcomes.read("T.give", Give.class, Give.class.getClassLoader(), "cpu-1", written(value));
    assertThat(read.failure()).isNull();
  }

  /** Whether the driver reads one, once the first has been read. */
  private boolean isQuickFromThenOn(Object value) throws Exception {
    assertThat(isQuick(value)).isFalse(); // Its class may have to be initialized.
    readApart(value);
    return isQuick(value);
  }

  @SuppressWarnings("ArrayRecordComponent") // As users have them.
  record Plain(String title, long number, double @Nullable [] more, @Nullable List<String> links)
      implements Serializable {}

  record Wide(
      long a, double b, long c, float d, int e, boolean f, char g, @Nullable Object h, long i)
      implements Serializable {}

  record None() implements Serializable {}

  record Checked(String title) implements Serializable {
    Checked {
      Objects.requireNonNull(title);
    }
  }

  @SuppressWarnings("RedundantRecordConstructor") // As users have it.
  record Derived(String title, int length) implements Serializable {
    Derived(String title, int length) {
      this.title = title;
      this.length = Math.max(length, title.length());
    }
  }

  @Test
  @DisplayName("records that only set their fields are read by the driver, others never")
  void looksAtConstructorsOfRecords() throws Exception {
    assertThat(isQuickFromThenOn(new Plain("a", 1, new double[3], List.of()))).isFalse();
    assertThat(isQuick(new Plain("a", 1, null, null))).isTrue();
    assertThat(isQuickFromThenOn(new Wide(1, 2, 3, 4, 5, true, 'c', "d", 6))).isTrue();
    assertThat(isQuickFromThenOn(new None())).isTrue();
    assertThat(isQuickFromThenOn(new Checked("a"))).isFalse();
    assertThat(isQuickFromThenOn(new Derived("a", 1))).isFalse();
  }

  /** Its constructor is called when what extends it is read. */
  static class Constructed {
    final int number;

    Constructed() {
      number = Integer.getInteger("poolwright.test.number", 3);
    }
  }

  static final class Extending extends Constructed implements Serializable {
    private static final long serialVersionUID = 1;
  }

  static final class Fields implements Serializable {
    private static final long serialVersionUID = 1;
    final String text = "a".repeat(3);
  }

  @Test
  @DisplayName("a class whose superclass has a constructor that is called is never quick")
  void looksAtSuperclasses() throws Exception {
    assertThat(isQuickFromThenOn(new Fields())).isTrue();
    assertThat(new Extending().number).isEqualTo(3);
    assertThat(isQuickFromThenOn(new Extending())).isFalse();
  }

  enum Colour {
    RED
  }

  enum Order implements Comparator<String> {
    LENGTH;

    @Override
    public int compare(String first, String second) {
      return Integer.compare(first.length(), second.length());
    }
  }

  @Test
  @DisplayName("tables of enums are quick, tables that an enum orders are not")
  void looksAtEnums() throws Exception {
    assertThat(isQuickFromThenOn(Colour.RED)).isTrue();
    assertThat(isQuick(new HashSet<>(Set.of(Colour.RED)))).isTrue();
    TreeSet<String> ordered = new TreeSet<>(Order.LENGTH);
    ordered.add("a");
    assertThat(isQuickFromThenOn(ordered)).isFalse();
  }

  static class Parent implements Serializable {
    private static final long serialVersionUID = 1;
  }

  static final class Child extends Parent {
    private static final long serialVersionUID = 1;
  }

  record Named() implements Serializable {}

  @Test
  @DisplayName("a class is known by its objects, not by a literal or an array for them")
  void knowsClassesByTheirObjects() throws Exception {
    readApart(Named.class);
    readApart(new Named[0]);
    readApart(List.of(new Named[1][1], Named.class));
    assertThat(isQuick(new Named[1])).isTrue();
    assertThat(isQuick(Named.class)).isFalse();
    assertThat(isQuickFromThenOn(new Named())).isTrue();
    assertThat(isQuick(new Named[] {new Named()})).isTrue();
    assertThat(isQuick(Named.class)).isTrue();
    assertThat(isQuickFromThenOn(new Child())).isTrue();
    assertThat(isQuick(new Parent())).isTrue(); // It was initialized before its child.
  }

  @Test
  @DisplayName("what is the JDK's own is quick from the first on, tables of such too")
  void knowsTheJdk() throws Exception {
    assertThat(isQuick("a")).isTrue();
    assertThat(isQuick(new ArrayList<>(List.of(1, 2)))).isTrue();
    assertThat(isQuick(new HashSet<>(Set.of("a")))).isTrue();
    assertThat(isQuick(new HashMap<>(Map.of("a", 1)))).isTrue();
    assertThat(isQuick(Instant.EPOCH)).isTrue();
    assertThat(isQuick(Optional.of("a"))).isTrue();
    assertThat(isQuick(Map.of("a", 1))).isTrue();
    assertThat(isQuick(new Object[] {"a", List.of("a")})).isTrue();
  }
}
