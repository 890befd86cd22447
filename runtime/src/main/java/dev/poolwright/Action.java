package dev.poolwright;

import java.io.Serializable;

/**
 * A {@link Runnable} that can travel to a worker JVM. Lambdas passed to {@link Pool#submit(Action)}
 * are actions without a cast.
 */
@FunctionalInterface
public interface Action extends Runnable, Serializable {}
