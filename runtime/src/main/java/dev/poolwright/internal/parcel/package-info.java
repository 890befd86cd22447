/**
 * Calls as they wait, serialized, in the queue of a pool whose workers are in other JVMs, and the
 * threads that read what comes back.
 */
@NullMarked
package dev.poolwright.internal.parcel;

import org.jspecify.annotations.NullMarked;
