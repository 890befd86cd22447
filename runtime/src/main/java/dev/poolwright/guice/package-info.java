/**
 * Poolwright in an application that Guice wires: one module. The only package of the application's
 * side that knows Guice; it stands on {@code dev.poolwright} alone.
 */
@CheckReturnValue
@NullMarked
package dev.poolwright.guice;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
