package dev.poolwright.internal.life;

import dev.poolwright.WorkerEvent;
import dev.poolwright.annotation.PoolKind;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A worker that started or ended.
 *
 * @param pool its name
 * @param kind of the pool
 * @param worker its name
 * @param pid of a worker JVM
 * @param nanos when
 * @param reason of its end
 * @param isCrash whether it ended by itself
 */
record WorkerFacts(
    String pool,
    PoolKind kind,
    String worker,
    OptionalLong pid,
    long nanos,
    @Nullable String reason,
    boolean isCrash)
    implements WorkerEvent {}
