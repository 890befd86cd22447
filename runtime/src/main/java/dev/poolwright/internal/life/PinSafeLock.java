package dev.poolwright.internal.life;

import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock for Java 21 to 23, where a virtual thread that waits inside {@code synchronized} keeps its
 * carrier thread. One that stands in a lock's queue behind a virtual thread which is next, but has
 * no carrier, would wait for ever; so virtual threads do not queue here, but look again after some
 * microseconds. A lock of ours is never held for longer than that.
 */
final class PinSafeLock extends ReentrantLock {

  private static final long serialVersionUID = 1;
  private static final long LOOK_NANOS = 20_000;

  @Override
  public void lock() {
    if (VirtualThreads.isVirtual(Thread.currentThread())) {
      while (!tryLock()) {
        LockSupport.parkNanos(this, LOOK_NANOS);
      }
    } else {
      super.lock();
    }
  }
}
