/**
 * What travels between a parent and its worker JVMs: frames, the channel that carries them, and
 * payloads. Used by {@code internal.process} in the parent and {@code internal.worker} in the
 * child; {@code docs/protocol.md} describes the bytes.
 */
@NullMarked
package dev.poolwright.internal.wire;

import org.jspecify.annotations.NullMarked;
