/** A chain across pools: fetch on threads, parse in worker JVMs, save on one thread. */
@NullMarked
package dev.poolwright.samples.harvest;

import org.jspecify.annotations.NullMarked;
