package dev.poolwright.internal.process.jvm;

import java.io.IOException;

/**
 * Starting a process without the context class loader of who starts it.
 *
 * <p>The JDK's thread that waits for its end waits for others after it, and on Java 17 has the
 * context class loader of whoever started the first of them. An application that was started again
 * in a new loader would so keep the old one, for as long as its worker JVMs live.
 *
 * <p><b>Threads:</b> thread-safe.
 */
public final class ProcessStart {

  private ProcessStart() {}

  /** Starts a process. */
  public static Process of(ProcessBuilder command) throws IOException {
    Thread starter = Thread.currentThread();
    ClassLoader context = starter.getContextClassLoader();
    starter.setContextClassLoader(null);
    try {
      return command.start();
    } finally {
      starter.setContextClassLoader(context);
    }
  }
}
