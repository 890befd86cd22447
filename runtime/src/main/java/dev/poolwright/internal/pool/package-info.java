/** A pool: settings, call sites, submits; and {@code Runner}, which is all that differs by kind. */
@NullMarked
package dev.poolwright.internal.pool;

import org.jspecify.annotations.NullMarked;
