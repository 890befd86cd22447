package dev.poolwright.internal.wire;

import java.nio.ByteBuffer;

/**
 * One message.
 *
 * @param type what it says
 * @param call the call it belongs to, or 0
 * @param payload its bytes, at their start; valid until the next frame is received
 */
public record Frame(FrameType type, long call, ByteBuffer payload) {}
