package dev.poolwright.internal.worker;

import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;

/** A class that a worker JVM makes one object of, by a name that its parent was given. */
final class NamedClass {
  private NamedClass() {}

  static Object make(String name) throws ReflectiveOperationException {
    return make(Class.forName(name, true, ClassLoader.getSystemClassLoader()));
  }

  static Object make(Class<?> type) throws ReflectiveOperationException {
    Constructor<?> constructor = type.getDeclaredConstructor();
    try {
      constructor.setAccessible(true);
    } catch (InaccessibleObjectException e) {
      throw closed(type, e);
    }
    return constructor.newInstance();
  }

  /**
   * What to say of a class whose module does not let it be made.
   *
   * @param type what was to be made
   * @param cause names the package, and who needs it
   */
  static IllegalStateException closed(Class<?> type, InaccessibleObjectException cause) {
    return new IllegalStateException(
        "a worker JVM cannot make "
            + type.getName()
            + ": "
            + cause.getMessage()
            + "; write `opens "
            + type.getPackageName()
            + " to dev.poolwright, com.google.guice;` in its module-info",
        cause);
  }
}
