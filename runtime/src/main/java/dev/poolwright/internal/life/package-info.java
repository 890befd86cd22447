/**
 * What all pools of one {@code Pools} share, and their common life: time limits, callback threads,
 * unobserved failures, waits, the end; and the guarded way to call foreign code and to log. The
 * lowest layer of the engine; what it asks of a pool is {@code Life.Member}.
 */
@NullMarked
package dev.poolwright.internal.life;

import org.jspecify.annotations.NullMarked;
