package dev.poolwright.internal.batch;

import dev.poolwright.BatchProgress;
import java.time.Duration;
import java.util.OptionalLong;

/** A snapshot of a batch. */
record BatchFigures(long done, long failed, OptionalLong total, Duration elapsed)
    implements BatchProgress {}
