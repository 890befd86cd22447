package dev.poolwright.internal.worker;

/**
 * Signals, by reflection: the JDK's class for them is outside Java SE, so naming it would be a
 * warning, and it may be missing.
 */
final class TerminalSignals {

  private TerminalSignals() {}

  /**
   * Lets the parent decide what Ctrl-C does: a terminal sends SIGINT to every process of the group,
   * and a worker that obeyed would crash under its parent.
   */
  static void ignoreInterrupt() {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      signal
          .getMethod("handle", signal, handler)
          .invoke(
              null,
              signal.getConstructor(String.class).newInstance("INT"),
              handler.getField("SIG_IGN").get(null));
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Then Ctrl-C ends the worker too; the parent reports it as it would any signal.
    }
  }

  /**
   * Ends this JVM at once by SIGKILL. {@code Runtime.halt} waits 300 ms for threads that are in
   * native code, as one that reads a socket is.
   *
   * @param exitCode where signals cannot be raised
   */
  static void die(int exitCode) {
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
