package dev.poolwright.internal.worker;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/** What a thread does that sends what others leave for it, and is woken when there is something. */
final class SendLoop {

  /** Sends what there is. */
  @FunctionalInterface
  interface Next {
    /**
     * Sends one message.
     *
     * @return false when there is none to be sent
     * @throws IOException when the channel is gone
     */
    boolean send() throws IOException;
  }

  private SendLoop() {}

  /** Goes on until the channel is gone, and this JVM with it. */
  static void run(Next next) {
    boolean isOpen = true;
    while (isOpen) {
      try {
        if (!next.send()) {
          LockSupport.park(next);
          boolean unused = Thread.interrupted();
        }
      } catch (IOException e) {
        isOpen = false;
      } catch (Throwable e) {
        // That message is lost, and who waits for it waits no longer than it said. There may be
        // room for the next.
      }
    }
  }
}
