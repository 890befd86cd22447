package dev.poolwright.processor;

/**
 * An {@code @Async} that names a pool, or leaves it at the default.
 *
 * @param pool the pool's name
 * @param use the annotation
 */
record PoolUse(String pool, AnnotationUse use) {}
