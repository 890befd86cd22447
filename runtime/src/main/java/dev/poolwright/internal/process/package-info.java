/**
 * The parent's side of process pools: worker JVMs are started, driven, killed and classified here.
 * Used by {@code internal.registry} alone; {@code internal.worker} is the other side.
 */
@NullMarked
package dev.poolwright.internal.process;

import org.jspecify.annotations.NullMarked;
