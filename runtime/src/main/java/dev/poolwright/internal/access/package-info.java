/**
 * What the public types ask of the engine's tasks and threads, so that users do not see it on them.
 * It lies below {@code dev.poolwright}, which uses it, and knows nothing of it; the engine
 * implements it.
 */
@NullMarked
package dev.poolwright.internal.access;

import org.jspecify.annotations.NullMarked;
