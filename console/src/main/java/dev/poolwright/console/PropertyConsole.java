package dev.poolwright.console;

import dev.poolwright.Pools;
import dev.poolwright.spi.Companion;
import java.io.IOException;
import java.net.BindException;
import org.jspecify.annotations.Nullable;

/**
 * Starts a console on loopback for each {@link Pools} that is built while the system property
 * {@code poolwright.console} names a port, and closes it with them. If that port is in use, for
 * instance by other pools of the same program, any free port is used instead. Loaded by the service
 * loader.
 */
public final class PropertyConsole implements Companion {

  private static final System.Logger LOG = System.getLogger("dev.poolwright.console");
  private static final String PROPERTY = "poolwright.console";
  private static final int MAX_PORT = 65_535;

  /** For the service loader. */
  public PropertyConsole() {}

  @Override
  public @Nullable AutoCloseable opened(Pools pools) throws IOException {
    String text = System.getProperty(PROPERTY);
    if (text == null) {
      return null;
    }
    int port = port(text.strip());
    try {
      return Console.start(pools, port);
    } catch (BindException e) {
      LOG.log(System.Logger.Level.TRACE, "told below", e);
    }
    Console console = Console.start(pools, 0);
    LOG.log(
        System.Logger.Level.INFO,
        "port {0} of {1} is in use, perhaps by other pools of this program; pools {2} are at {3};"
            + " {1}=0 gives each a port of its own",
        String.valueOf(port),
        PROPERTY,
        String.join(", ", pools.names()),
        console.uri());
    return console;
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
