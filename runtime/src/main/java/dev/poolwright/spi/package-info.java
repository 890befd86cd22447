/**
 * What generated code uses: {@link dev.poolwright.spi.Call}s submitted through {@link
 * dev.poolwright.spi.CallSite}s, and the {@link dev.poolwright.spi.PoolCatalogue}s of declared
 * pools. Depends on {@code dev.poolwright}; users have no need of it.
 */
@CheckReturnValue
@NullMarked
package dev.poolwright.spi;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
