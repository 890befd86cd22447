/** Tests with node JVMs on loopback. */
@NullMarked
package dev.poolwright.hazelcast;

import org.jspecify.annotations.NullMarked;
