/** One submitted call and the future of its outcome; what it asks of a pool is {@code TaskHome}. */
@NullMarked
package dev.poolwright.internal.task;

import org.jspecify.annotations.NullMarked;
