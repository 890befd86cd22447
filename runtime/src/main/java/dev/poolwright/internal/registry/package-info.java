/**
 * The named pools of an application: what annotations, code and system properties say of them
 * merged, their life cycle, and the way from a name to a pool. Implements {@link
 * dev.poolwright.Pools.Builder}; nobody calls it but through that.
 */
@NullMarked
package dev.poolwright.internal.registry;

import org.jspecify.annotations.NullMarked;
