package dev.poolwright.internal.pool;

import dev.poolwright.PoolStats;
import dev.poolwright.annotation.PoolKind;
import org.jspecify.annotations.Nullable;

/** A snapshot of a pool. */
public record PoolFigures(
    String name,
    PoolKind kind,
    int maxWorkers,
    int workers,
    int running,
    int queued,
    long overCapacity,
    int lent,
    long submitted,
    long succeeded,
    long failed,
    long cancelled,
    long rejected,
    long workersStarted,
    long workersCrashed,
    int queueCapacity,
    @Nullable String broken)
    implements PoolStats {}
