package dev.poolwright.internal.worker;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;

/**
 * Signals, by reflection: the JDK's class for them is outside Java SE, so naming it would be a
 * warning, and it may be missing.
 */
final class TerminalSignals {

  private TerminalSignals() {}

  /**
   * Lets the parent decide what Ctrl-C, SIGTERM and SIGHUP do: a terminal, and who ends a service,
   * send them to every process of the group. They are taken and nothing is done; to ignore them
   * would be inherited by what tasks start. One that was ignored before, as SIGHUP under {@code
   * nohup}, stays so, and is inherited as from the parent.
   */
  static void leaveToParent() {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object nothing = new NothingHandler(signal.getClassLoader()).make();
      Object ignore = handler.getField("SIG_IGN").get(null);
      Method handle = signal.getMethod("handle", signal, handler);
      Constructor<?> named = signal.getConstructor(String.class);
      for (String name : new String[] {"INT", "TERM", "HUP"}) {
        Object each = named.newInstance(name);
        if (handle.invoke(null, each, nothing) == ignore) {
          handle.invoke(null, each, ignore);
        }
      }
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      // No such class, or -Xrs: then a signal ends the worker too, and the parent reports it.
    }
  }

  /**
   * Ends this JVM at once by SIGKILL. {@code Runtime.halt} waits 300 ms for threads that are in
   * native code, as one that reads a socket is.
   *
   * @param exitCode where signals cannot be raised
   */
  static void exit(int exitCode) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      signal
          .getMethod("raise", signal)
          .invoke(null, signal.getConstructor(String.class).newInstance("KILL"));
    } catch (ReflectiveOperationException | RuntimeException e) {
      // The slow way then.
    } finally {
      Runtime.getRuntime().halt(exitCode);
    }
  }
}
