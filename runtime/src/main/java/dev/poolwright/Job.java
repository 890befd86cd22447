package dev.poolwright;

import java.io.Serializable;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Callable} that can be sent to a worker JVM. A lambda passed to {@link Pool#submit(Job)}
 * becomes a job without a cast.
 *
 * @param <T> the result
 */
@FunctionalInterface
public interface Job<T extends @Nullable Object> extends Callable<T>, Serializable {}
