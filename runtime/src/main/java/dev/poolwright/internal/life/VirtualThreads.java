package dev.poolwright.internal.life;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Virtual threads, which Java has from version 21 on, as this library is compiled for 17. */
public final class VirtualThreads {

  private static final int VERSION = Runtime.version().feature();

  /** Whether there are any. */
  public static final boolean EXIST = VERSION >= 21;

  /** Whether one that waits in a monitor keeps the carrier thread that it runs on (JEP 491). */
  public static final boolean PIN = EXIST && VERSION < 24;

  /** The class of virtual threads. */
  private static final @Nullable Class<?> TYPE = EXIST ? type("java.lang.BaseVirtualThread") : null;

  private VirtualThreads() {}

  private static Class<?> type(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      return VirtualThreads.class; // No thread is one of these: it may only cost time.
    }
  }

  static boolean isVirtual(Thread thread) {
    return TYPE != null && TYPE.isInstance(thread);
  }

  /** A lock that no thread keeps for long, and virtual threads may wait for anywhere. */
  public static ReentrantLock lock() {
    return PIN ? new PinSafeLock() : new ReentrantLock();
  }

  /**
   * What to know of virtual threads on this version of Java.
   *
   * @return to follow the names of pools; null where all is as it should be
   */
  public static @Nullable String note() {
    if (!EXIST) {
      return "run on platform threads, 1,024 of each pool at most: this is Java "
          + VERSION
          + ", and virtual threads need 21";
    }
    return PIN
        ? "keep a carrier thread for each task that waits inside synchronized: this is Java "
            + VERSION
            + ", and 24 ended that"
        : null;
  }

  /** A thread that is not started, and inherits nothing of the thread that calls. */
  public static Thread unstarted(ClassLoader loader, String name, Runnable work) {
    try {
      Thread thread = (Thread) Maker.UNSTARTED.invokeExact(name, work);
      thread.setContextClassLoader(loader);
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
