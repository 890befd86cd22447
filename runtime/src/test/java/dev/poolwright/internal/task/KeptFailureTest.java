package dev.poolwright.internal.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.RemoteTaskException;
import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a list of failures may keep: nothing that leads back to the task that failed. */
@Timeout(60)
class KeptFailureTest {

  /** Has whoever made it. */
  private final class Inner extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    Inner() {
      super("of an inner class of " + KeptFailureTest.this.getClass().getSimpleName());
    }
  }

  /** Has another failure which is no cause of it. */
  private static final class Beside extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;
    private final Throwable other;

    Beside(Throwable other) {
      super("beside");
      this.other = other;
    }

    Throwable other() {
      return other;
    }
  }

  private static final class Hostile extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    @Override
    public @Nullable String getMessage() {
      throw new StackOverflowError("on purpose");
    }

    @Override
    public synchronized Throwable getCause() {
      throw new OutOfMemoryError("on purpose");
    }
  }

  private static void assertStandsIn(Throwable failure) {
    Throwable kept = KeptFailure.of(failure);
    assertThat(kept).isNotSameAs(failure).hasToString(failure.toString()).hasNoCause();
    assertThat(kept.getStackTrace()).isEqualTo(failure.getStackTrace());
  }

  @Test
  @DisplayName("text and stack stand for what has more than text, also as a cause or suppressed")
  void standsForWhatMayLeadBack() {
    Inner inner = new Inner();
    assertStandsIn(inner);
    assertStandsIn(new IOException("below", inner));
    RuntimeException above = new IllegalStateException("above");
    above.addSuppressed(new IOException(inner));
    assertStandsIn(above);
    Beside beside = new Beside(inner);
    assertThat(beside.other()).isSameAs(inner);
    assertStandsIn(beside);
  }

  @Test
  @DisplayName("whatever a failure throws when it is asked, something is kept")
  void survivesHostileFailures() {
    assertThat(KeptFailure.of(new Hostile())).isInstanceOf(KeptFailure.class).hasNoCause();
  }

  @Test
  @DisplayName("what has text, numbers and causes alone is kept as it is")
  void keepsOthers() {
    for (Throwable each :
        new Throwable[] {
          new IllegalStateException("a", new UncheckedIOException(new IOException("b"))),
          new ExceptionInInitializerError(new IllegalStateException()),
          new RemoteTaskException("a.B", "b", "c"),
          new StackOverflowError()
        }) {
      assertThat(KeptFailure.of(each)).isSameAs(each);
    }
  }

  @Test
  @DisplayName("a circle of causes ends")
  void endsInCircles() {
    IllegalStateException first = new IllegalStateException("first");
    first.initCause(new IOException("second", first));
    assertThat(KeptFailure.of(first)).isSameAs(first);
  }
}
