package dev.poolwright.contract;

import dev.poolwright.Action;
import java.io.IOException;

/** Actions whose failure says nothing: they were stopped at a gate. */
final class Quiet {

  private Quiet() {}

  static Action stopAt(int port) {
    return () -> {
      try {
        Gate.stop(port);
      } catch (IOException e) {
        // Interrupted, as the test wants it.
      }
    };
  }
}
