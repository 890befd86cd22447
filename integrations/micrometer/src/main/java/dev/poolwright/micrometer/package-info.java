/** Meters of pools, tasks and worker JVMs, and an observation for each task. */
@NullMarked
package dev.poolwright.micrometer;

import org.jspecify.annotations.NullMarked;
