/**
 * What a pool of any kind is made of: resolved settings, task state, admission, workers, deadlines
 * and callbacks. The layers above use it; it knows neither thread pools nor worker JVMs.
 */
@NullMarked
package dev.poolwright.internal.task;

import org.jspecify.annotations.NullMarked;
