/**
 * Pools whose calls run on the worker nodes of a cluster: the caller's side, and the node's. What
 * carries the calls is a {@link dev.poolwright.spi.ClusterTransport}.
 */
@NullMarked
package dev.poolwright.internal.cluster;

import org.jspecify.annotations.NullMarked;
