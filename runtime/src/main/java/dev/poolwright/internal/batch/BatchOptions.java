package dev.poolwright.internal.batch;

import dev.poolwright.BatchProgress;
import dev.poolwright.MapOption;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The options of one batch; of two of one kind the later counts. */
final class BatchOptions {

  private OptionalInt chunkSize = OptionalInt.empty();
  private OptionalInt buffer = OptionalInt.empty();
  private @Nullable Duration timeout;
  private boolean failFast;
  private @Nullable Consumer<? super BatchProgress> listener;

  BatchOptions(MapOption... options) {
    for (MapOption option : options) {
      Objects.requireNonNull(option, "option");
      if (option instanceof MapOption.ChunkSize size) {
        chunkSize = OptionalInt.of(size.inputs());
      } else if (option instanceof MapOption.Buffer bound) {
        buffer = OptionalInt.of(bound.elements());
      } else if (option instanceof MapOption.Timeout given) {
        timeout = given.limit();
      } else if (option instanceof MapOption.FailFast) {
        failFast = true;
      } else if (option instanceof MapOption.Progress progress) {
        listener = progress.listener();
      }
    }
  }

  /** Empty when it adapts. */
  OptionalInt chunkSize() {
    return chunkSize;
  }

  /** Empty for the default. */
  OptionalInt buffer() {
    return buffer;
  }

  /** Of the whole batch; null for none. */
  @Nullable Duration timeout() {
    return timeout;
  }

  /** Whether the first failure cancels the rest. */
  boolean isFailFast() {
    return failFast;
  }

  /** The progress listener; null for none. */
  @Nullable Consumer<? super BatchProgress> listener() {
    return listener;
  }
}
