package dev.poolwright.internal.batch;

/**
 * How many elements of a batch have ended.
 *
 * @param done in whatever way
 * @param failed of them, or cancelled
 */
record ElementCounts(long done, long failed) {}
