/**
 * The parent's side of process pools: which worker JVM gets which calls, and when one is started,
 * kept, replaced or retired. Used by {@code internal.registry} alone; {@code internal.worker} is
 * the other side.
 */
@NullMarked
package dev.poolwright.internal.process;

import org.jspecify.annotations.NullMarked;
