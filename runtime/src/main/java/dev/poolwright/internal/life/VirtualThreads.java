package dev.poolwright.internal.life;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Virtual threads, which Java has from version 21 on, as this library is compiled for 17. Loaded
 * only where there is a pool of them.
 */
public final class VirtualThreads {

  private static final int VERSION = Runtime.version().feature();

  /** Whether there are any. */
  public static final boolean EXIST = VERSION >= 21;

  /** Whether one that waits in a monitor keeps the carrier thread that it runs on (JEP 491). */
  public static final boolean PIN = EXIST && VERSION < 24;

  private VirtualThreads() {}

  /** A thread that is not started, and inherits nothing of the thread that calls. */
  public static Thread unstarted(Life life, String name, Runnable work) {
    try {
      Thread thread = (Thread) Maker.UNSTARTED.invokeExact(name, work);
      thread.setContextClassLoader(life.loader());
      return thread;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e); // The methods of the JDK declare none.
    }
  }

  /** Initialised where there are virtual threads. */
  private static final class Maker {

    /** Takes name and work. */
    static final MethodHandle UNSTARTED = unstarted();

    private Maker() {}

    /** {@code Thread.ofVirtual().inheritInheritableThreadLocals(false).name(n).unstarted(w)}. */
    private static MethodHandle unstarted() {
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      try {
        Class<?> type = Class.forName("java.lang.Thread$Builder$OfVirtual");
        MethodHandle make =
            lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(type));
        MethodHandle inherit =
            lookup.findVirtual(
                type, "inheritInheritableThreadLocals", MethodType.methodType(type, boolean.class));
        MethodHandle name =
            lookup.findVirtual(type, "name", MethodType.methodType(type, String.class));
        MethodHandle unstarted =
            lookup.findVirtual(
                type, "unstarted", MethodType.methodType(Thread.class, Runnable.class));
        MethodHandle empty =
            MethodHandles.filterReturnValue(make, MethodHandles.insertArguments(inherit, 1, false));
        MethodHandle named = MethodHandles.collectArguments(name, 0, empty);
        return MethodHandles.collectArguments(unstarted, 0, named);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("this Java has no virtual threads", e);
      }
    }
  }
}
