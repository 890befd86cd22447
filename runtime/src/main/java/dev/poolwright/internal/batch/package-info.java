/**
 * One method mapped over many inputs: feeding, chunks, elements, handing out. Knows tasks; what it
 * asks of a pool is {@code BatchHome}.
 */
@NullMarked
package dev.poolwright.internal.batch;

import org.jspecify.annotations.NullMarked;
