/**
 * What all pools of one {@code Pools} share: the guarded way to call foreign code and to log, and
 * soon their common life. The lowest layer of the engine; anybody above may call it.
 */
@NullMarked
package dev.poolwright.internal.life;

import org.jspecify.annotations.NullMarked;
