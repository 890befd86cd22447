package dev.poolwright.internal.wire;

/** What a frame says. The byte on the wire is {@link #code()}. */
public enum FrameType {
  /** Worker to parent, first: a {@link Hello}. */
  HELLO(1),
  /** Parent to worker, second: a {@link WorkerSetup}. */
  SETUP(2),
  /** Worker to parent: it takes calls now. */
  READY(3),
  /** Worker to parent: it cannot start, and why; then it exits. */
  START_FAILED(4),
  /** Parent to worker: one or more calls of one call site. */
  CALL(5),
  /** Worker to parent: outcomes of one or more calls, in order. */
  OUTCOME(6),
  /** Worker to parent: how far the running call is. */
  PROGRESS(7),
  /** Parent to worker, on the tether: interrupt one run. */
  CANCEL(8),
  /** Parent to worker: end, there are no more calls. */
  RETIRE(9),
  /** Worker to parent: the answer to {@link #RETIRE}; it exits now. */
  GOODBYE(10),
  /** Worker to parent: something called {@code System.exit}, with the stack. */
  EXITING(11),
  /** Parent to worker, on the tether: what does one run do? */
  DUMP(12),
  /** Worker to parent: the answer to {@link #DUMP}, a {@link RunStack}. */
  STACK(13);

  /** Codes count from 1. */
  private static final FrameType[] BY_CODE = new FrameType[values().length + 1];

  static {
    for (FrameType type : values()) {
      BY_CODE[type.code] = type;
    }
  }

  private final byte code;

  FrameType(int code) {
    this.code = (byte) code;
  }

  /**
   * The byte that stands for this type.
   *
   * @return 1 or more
   */
  public byte code() {
    return code;
  }

  static FrameType of(byte code) throws ProtocolDesyncException {
    if (code < 1 || code >= BY_CODE.length) {
      throw new ProtocolDesyncException(
          "frame type is " + code + "; must be 1 to " + (BY_CODE.length - 1));
    }
    return BY_CODE[code];
  }
}
