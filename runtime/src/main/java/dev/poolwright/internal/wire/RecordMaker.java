package dev.poolwright.internal.wire;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/**
 * How to make a record of its components: its canonical constructor. All that a worker JVM needs to
 * read a call; the other half is {@link RecordShape}.
 *
 * <p><b>Threads:</b> immutable.
 */
final class RecordMaker {
  private static final ClassValue<RecordMaker> MAKERS =
      new ClassValue<>() {
        @Override
        protected RecordMaker computeValue(Class<?> type) {
          return new RecordMaker(type);
        }
      };

  private final int size;
  private final @Nullable Constructor<?> constructor;

  private RecordMaker(Class<?> type) {
    RecordComponent[] components =
        type.isRecord() ? type.getRecordComponents() : new RecordComponent[0];
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
    }
    size = components.length;
    constructor = type.isRecord() ? canonical(type, types) : null;
  }

  /** Null in a module that does not open the package to this one: then the JDK serializes it. */
  private static @Nullable Constructor<?> canonical(Class<?> type, Class<?>[] types) {
    try {
      Constructor<?> canonical = type.getDeclaredConstructor(types);
      return canonical.trySetAccessible() ? canonical : null;
    } catch (NoSuchMethodException e) {
      return null;
    }
  }

  /**
   * The maker of a class.
   *
   * @param type any class
   * @return null when it is no record, or not to be made by others
   */
  static @Nullable RecordMaker of(Class<?> type) {
    RecordMaker maker = MAKERS.get(type);
    return maker.constructor == null ? null : maker;
  }

  int size() {
    return size;
  }

  Object make(@Nullable Object[] components) throws ReflectiveOperationException {
    if (constructor == null) {
      throw new IllegalStateException("no record");
    }
    return constructor.newInstance(components);
  }
}
