package dev.poolwright.internal.wire;

import java.nio.ByteBuffer;

/**
 * One message.
 *
 * @param type what it says
 * @param call the call it belongs to, or 0
 * @param payload its own copy of the bytes, at their start
 */
public record Frame(FrameType type, long call, ByteBuffer payload) {}
