/**
 * What users see: {@link dev.poolwright.Pools} and their {@link dev.poolwright.Pool}s, the {@link
 * dev.poolwright.Task} of each submitted call, options, configuration, statistics and exceptions.
 * Anybody may use it; it depends on {@code dev.poolwright.annotation}, and looks up the one
 * implementation of {@link dev.poolwright.spi.PoolsProvider} as a service.
 */
@NullMarked
package dev.poolwright;

import org.jspecify.annotations.NullMarked;
