/** Tests of the pools for unit tests. */
package dev.poolwright.junit;
