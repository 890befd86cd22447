package dev.poolwright.processor.model;

/**
 * An {@code @Async} that names a pool, or leaves it at the default.
 *
 * @param pool the pool's name
 * @param use the annotation
 */
public record PoolUse(String pool, AnnotationUse use) {}
