/** Cluster pools on Hazelcast: what carries their calls, and the nodes that run them. */
@NullMarked
package dev.poolwright.hazelcast;

import org.jspecify.annotations.NullMarked;
