/**
 * What users see: {@link dev.poolwright.Pools} and their {@link dev.poolwright.Pool}s, the {@link
 * dev.poolwright.Task} of each submitted call, options, configuration, statistics and exceptions.
 * Anybody may use it; it depends on {@code dev.poolwright.annotation} and on {@code
 * dev.poolwright.internal.access}, and looks up the one {@link dev.poolwright.Pools.Builder} as a
 * service.
 *
 * <p><b>Null:</b> only what is {@code @Nullable} may be null, as are inputs and results of the
 * user's own methods; any other null argument is a {@link NullPointerException}.
 */
@CheckReturnValue
@NullMarked
package dev.poolwright;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
