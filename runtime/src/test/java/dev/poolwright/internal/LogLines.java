package dev.poolwright.internal;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What Poolwright logs, from when this is made until it is closed; in place of the console. */
public final class LogLines implements AutoCloseable {

  // A logger that nobody holds may be collected, and its handlers with it.
  private final Logger logger = Logger.getLogger("dev.poolwright");
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          lines.add(record.getMessage());
        }

        @Override
        public void flush() {
          // Nothing is held back.
        }

        @Override
        public void close() {
          // Nothing is open.
        }
      };

  public LogLines() {
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
  }

  /** The messages so far. */
  public Queue<String> lines() {
    return lines;
  }

  @Override
  public void close() {
    logger.removeHandler(handler);
    logger.setUseParentHandlers(true);
  }
}
