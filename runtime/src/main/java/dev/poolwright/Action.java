package dev.poolwright;

import java.io.Serializable;

/**
 * A {@link Runnable} that can be sent to a worker JVM. A lambda passed to {@link
 * Pool#submit(Action)} becomes an action without a cast.
 */
@FunctionalInterface
public interface Action extends Runnable, Serializable {}
