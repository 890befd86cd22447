package dev.poolwright.internal.wire;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/**
 * How to take a record apart: its accessors. It is used for generated calls, whose first
 * serialization by the JDK would take 60 ms in a fresh JVM. {@link RecordMaker} makes it again.
 *
 * <p><b>Threads:</b> immutable.
 */
final class RecordShape {
  private static final ClassValue<RecordShape> SHAPES =
      new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
          return new RecordShape(type);
        }
      };

  /** Null when the record is not to be taken apart. */
  private final Method @Nullable [] accessors;

  private RecordShape(Class<?> type) {
    accessors = RecordMaker.of(type) == null || hasOwnForm(type) ? null : accessors(type);
  }

  /** A record with {@code writeReplace} decides for itself what is written. */
  private static boolean hasOwnForm(Class<?> type) {
    for (Method method : type.getDeclaredMethods()) {
      if (!Modifier.isStatic(method.getModifiers())
          && (method.getName().equals("writeReplace") || method.getName().equals("readResolve"))) {
        return true;
      }
    }
    return false;
  }

  private static Method @Nullable [] accessors(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Method[] accessors = new Method[components.length];
    for (int i = 0; i < components.length; i++) {
      accessors[i] = components[i].getAccessor();
      if (!accessors[i].trySetAccessible()) {
        return null;
      }
    }
    return accessors;
  }

  /**
   * The shape of a class.
   *
   * @param type any class
   * @return null when it is no record, or not to be taken apart
   */
  static @Nullable RecordShape of(Class<?> type) {
    RecordShape shape = SHAPES.get(type);
    return shape.accessors == null ? null : shape;
  }

  int size() {
    return known().length;
  }

  @Nullable Object component(Object from, int index) {
    try {
      return known()[index].invoke(from);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private Method[] known() {
    if (accessors == null) {
      throw new IllegalStateException("no record");
    }
    return accessors;
  }
}
