/** A pool: settings, call sites, submits, and the kinds whose tasks run in this JVM. */
@NullMarked
package dev.poolwright.internal.pool;

import org.jspecify.annotations.NullMarked;
