package dev.poolwright.contract;

import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** A logger's handler that throws as long as it is open; the console says nothing meanwhile. */
final class BrokenHandler extends Handler implements AutoCloseable {
  private final Logger logger = Logger.getLogger("dev.poolwright");
  private final Runnable fault;

  /**
   * Opens it.
   *
   * @param fault throws, or not this time
   */
  BrokenHandler(Runnable fault) {
    this.fault = fault;
    logger.addHandler(this);
    logger.setUseParentHandlers(false);
  }

  @Override
  public void publish(LogRecord record) {
    fault.run();
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setUseParentHandlers(true);
  }
}
