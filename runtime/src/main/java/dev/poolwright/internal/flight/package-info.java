/**
 * Events of the JDK's flight recorder. It stands on {@code dev.poolwright} alone and is used by
 * what all pools share. No class of it that extends {@code jdk.jfr.Event} loads before somebody has
 * started the recorder, since the first such class costs a JVM a fifth of a second.
 */
@NullMarked
package dev.poolwright.internal.flight;

import org.jspecify.annotations.NullMarked;
