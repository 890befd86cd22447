package dev.poolwright.hazelcast;

import java.lang.System.Logger.Level;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * SIGTERM and SIGINT, by reflection: the JDK's class for signals is outside Java SE. A hook of the
 * JVM could drain as well, but the exit code would tell of a kill.
 */
final class TerminationSignal {
  private static final System.Logger LOG = System.getLogger("dev.poolwright");

  private TerminationSignal() {}

  /**
   * Runs something, on a thread of its own, at the first, and exits with 0, or with 1 when that
   * fails; at the second the JVM is halted.
   */
  static void onFirst(Runnable action) {
    AtomicBoolean wasSent = new AtomicBoolean();
    Runnable taken =
        () -> {
          if (wasSent.compareAndSet(false, true)) {
            Thread drain = new Thread(() -> exitAfter(action), "poolwright-drain");
            drain.setDaemon(false); // As those of signals are: the JVM would end before it does.
            drain.start();
          } else {
            Runtime.getRuntime().halt(1);
          }
        };
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object takes =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, args) -> {
                if (method.getName().equals("handle")) {
                  taken.run();
                }
                return null;
              });
      for (String name : new String[] {"TERM", "INT"}) {
        var unused =
            signal
                .getMethod("handle", signal, handler)
                .invoke(null, signal.getConstructor(String.class).newInstance(name), takes);
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      // No such class, or -Xrs: then the hook drains, and the exit code is that of a kill.
      Runtime.getRuntime().addShutdownHook(new Thread(action, "poolwright-drain"));
    }
  }

  private static void exitAfter(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "the worker node did not end as it should", e);
      System.exit(1); // Nothing else would end it.
    }
    System.exit(0);
  }
}
