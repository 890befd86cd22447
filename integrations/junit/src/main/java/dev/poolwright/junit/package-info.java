/**
 * Pools for unit tests: {@link dev.poolwright.junit.PoolsExtension}, which makes them and checks
 * after each test that nothing is left, {@link dev.poolwright.junit.ManualPools}, whose tasks run
 * when the test says so, and assertions for AssertJ.
 */
@NullMarked
package dev.poolwright.junit;

import org.jspecify.annotations.NullMarked;
