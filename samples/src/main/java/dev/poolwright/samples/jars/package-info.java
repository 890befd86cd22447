/** Inspects jars in worker JVMs, where a broken one can do no harm. */
@NullMarked
package dev.poolwright.samples.jars;

import org.jspecify.annotations.NullMarked;
