package dev.poolwright;

import java.io.Serializable;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Callable} that can travel to a worker JVM. Lambdas passed to {@link Pool#submit(Job)}
 * are jobs without a cast.
 *
 * @param <T> the result
 */
@FunctionalInterface
public interface Job<T extends @Nullable Object> extends Callable<T>, Serializable {}
