/** Arithmetic on time, for every other package. It knows nothing of them. */
@NullMarked
package dev.poolwright.internal.time;

import org.jspecify.annotations.NullMarked;
