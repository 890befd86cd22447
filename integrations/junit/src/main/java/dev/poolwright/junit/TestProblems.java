package dev.poolwright.junit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is wrong after a test. Confined to its thread. */
final class TestProblems {

  private final List<String> texts = new ArrayList<>();
  private final List<Throwable> causes = new ArrayList<>();

  void add(String text) {
    texts.add(text);
  }

  void addAll(List<String> more) {
    texts.addAll(more);
  }

  void add(String text, Throwable cause) {
    texts.add(text);
    causes.add(cause);
  }

  /**
   * Fails the test.
   *
   * @param failure what it failed with already; may explain what is left
   */
  void throwIfAny(@Nullable Throwable failure) {
    if (texts.isEmpty()) {
      return;
    }
    AssertionError error = new AssertionError(String.join("\n", texts));
    causes.forEach(error::addSuppressed);
    if (failure == null) {
      throw error;
    }
    failure.addSuppressed(error);
  }
}
