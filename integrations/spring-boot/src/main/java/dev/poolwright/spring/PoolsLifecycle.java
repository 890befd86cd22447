package dev.poolwright.spring;

import dev.poolwright.Pools;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/**
 * Closes the pools when the application context closes: after the web server has answered the last
 * request and listeners have stopped, and before anything is taken away from running tasks.
 */
final class PoolsLifecycle implements SmartLifecycle {

  /** As long as Boot gives each phase. */
  static final Duration DEFAULT_GRACE = Duration.ofSeconds(30);

  /** Below the web server, which stops at {@code DEFAULT_PHASE - 2048}. */
  static final int PHASE = DEFAULT_PHASE - 4096;

  private final Pools pools;
  private final Duration grace;
  private volatile boolean isRunning;

  PoolsLifecycle(Pools pools, Duration grace) {
    this.pools = pools;
    this.grace = grace;
  }

  @Override
  public void start() {
    isRunning = true;
  }

  /** A task that closes the context cannot wait for itself: the pools then end without it. */
  @Override
  public void stop() {
    isRunning = false;
    try {
      pools.close(grace);
    } catch (IllegalStateException e) {
      pools.shutdown();
    }
  }

  @Override
  public boolean isRunning() {
    return isRunning;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }

  /** A pool that was closed cannot start again. Spring 7 asks. */
  @SuppressWarnings("MissingOverride") // Spring 6 has no such method.
  public boolean isPauseable() {
    return false;
  }
}
