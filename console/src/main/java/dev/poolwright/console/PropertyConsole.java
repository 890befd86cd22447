package dev.poolwright.console;

import dev.poolwright.Pools;
import dev.poolwright.spi.Companion;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Starts a console on loopback for each {@link Pools} that is built while the system property
 * {@code poolwright.console} names a port, and closes it with them. Made by the service loader.
 */
public final class PropertyConsole implements Companion {

  private static final String PROPERTY = "poolwright.console";
  private static final int MAX_PORT = 65_535;

  /** For the service loader. */
  public PropertyConsole() {}

  @Override
  public @Nullable AutoCloseable opened(Pools pools) throws IOException {
    String text = System.getProperty(PROPERTY);
    return text == null ? null : Console.start(pools, port(text.strip()));
  }

  private static int port(String text) {
    int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : -1;
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException(
          PROPERTY + " is " + text + "; must be a port, or 0 for any that is free");
    }
    return port;
  }
}
