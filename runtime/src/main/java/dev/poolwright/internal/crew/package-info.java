/**
 * The worker threads of one pool, its queue and who may enter, under one lock. Knows tasks; what it
 * asks of a pool is {@code Crew.Owner}.
 */
@NullMarked
package dev.poolwright.internal.crew;

import org.jspecify.annotations.NullMarked;
