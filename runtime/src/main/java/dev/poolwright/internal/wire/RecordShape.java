package dev.poolwright.internal.wire;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/**
 * How to take a record apart and to make it again: its accessors and its canonical constructor. It
 * is used for generated calls, whose first serialization by the JDK would take 60 ms in a fresh
 * JVM.
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

  private final Method[] accessors;
  private final @Nullable Constructor<?> constructor;

  private RecordShape(Class<?> type) {
    RecordComponent[] components =
        type.isRecord() ? type.getRecordComponents() : new RecordComponent[0];
    accessors = new Method[components.length];
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < components.length; i++) {
      accessors[i] = components[i].getAccessor();
      types[i] = components[i].getType();
    }
    constructor = type.isRecord() && !hasOwnForm(type) ? canonical(type, types) : null;
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

  private @Nullable Constructor<?> canonical(Class<?> type, Class<?>[] types) {
    try {
      Constructor<?> canonical = type.getDeclaredConstructor(types);
      if (!isOpen(canonical)) {
        return null;
      }
      for (Method accessor : accessors) {
        if (!isOpen(accessor)) {
          return null;
        }
      }
      return canonical;
    } catch (NoSuchMethodException e) {
      return null;
    }
  }

  /** False in a module that does not open the package to this one: then the JDK serializes it. */
  private static boolean isOpen(AccessibleObject member) {
    return member.trySetAccessible();
  }

  /**
   * The shape of a class.
   *
   * @param type any class
   * @return null when it is no record, or not to be taken apart
   */
  static @Nullable RecordShape of(Class<?> type) {
    RecordShape shape = SHAPES.get(type);
    return shape.constructor == null ? null : shape;
  }

  int size() {
    return accessors.length;
  }

  @Nullable Object component(Object from, int index) {
    try {
      return accessors[index].invoke(from);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  Object make(@Nullable Object[] components) throws ReflectiveOperationException {
    if (constructor == null) {
      throw new IllegalStateException("no record");
    }
    return constructor.newInstance(components);
  }
}
