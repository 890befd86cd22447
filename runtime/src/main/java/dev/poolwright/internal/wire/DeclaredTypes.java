package dev.poolwright.internal.wire;

import dev.poolwright.spi.Call;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The classes that a call's own declaration names, which are always allowed to be read, with those
 * that they extend, without which they cannot be.
 */
public final class DeclaredTypes {
  private static final ClassValue<Class<?>[]> ARGUMENTS =
      new ClassValue<>() {
        @Override
        protected Class<?>[] computeValue(Class<?> type) {
          Set<Class<?>> found = new HashSet<>();
          found.add(type);
          if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
              addAll(component.getGenericType(), found);
            }
          }
          return found.toArray(new Class<?>[0]);
        }
      };

  /** Of what the method returns, and of what it throws. */
  private static final ClassValue<Class<?>[]> RESULTS =
      new ClassValue<>() {
        @Override
        protected Class<?>[] computeValue(Class<?> type) {
          Set<Class<?>> found = new HashSet<>();
          Type result = argument(type, 1);
          if (result != null) {
            addAll(result, found);
          }
          for (Method method : type.getDeclaredMethods()) {
            if (method.getName().equals("on") && !method.isBridge()) {
              for (Class<?> thrown : method.getExceptionTypes()) {
                addAll(thrown, found);
              }
            }
          }
          return found.toArray(new Class<?>[0]);
        }
      };

  private static final ClassValue<Class<?>> TARGETS =
      new ClassValue<>() {
        @Override
        protected Class<?> computeValue(Class<?> type) {
          Type target = argument(type, 0);
          Type raw = target instanceof ParameterizedType generic ? generic.getRawType() : target;
          return raw instanceof Class<?> plain ? plain : Object.class;
        }
      };

  private DeclaredTypes() {}

  /**
   * The class that has the method of a call.
   *
   * @param callType class of the call
   * @return as declared; {@code Object} when it does not say
   */
  public static Class<?> targetOf(Class<?> callType) {
    return TARGETS.get(callType);
  }

  /** A type argument of {@link Call}; null when it does not say. */
  private static @Nullable Type argument(Class<?> type, int place) {
    for (Type each : type.getGenericInterfaces()) {
      if (each instanceof ParameterizedType call && call.getRawType() == Call.class) {
        return call.getActualTypeArguments()[place];
      }
    }
    return null;
  }

  private static void addAll(Type type, Set<Class<?>> found) {
    if (type instanceof Class<?> plain) {
      for (Class<?> each = elementOf(plain);
          each != null && each != Object.class;
          each = each.getSuperclass()) {
        found.add(each);
      }
    } else if (type instanceof ParameterizedType generic) {
      addAll(generic.getRawType(), found);
      for (Type argument : generic.getActualTypeArguments()) {
        addAll(argument, found);
      }
    }
  }

  private static Class<?> elementOf(Class<?> type) {
    Class<?> element = type;
    while (element.isArray()) {
      element = element.getComponentType();
    }
    return element;
  }

  static Class<?>[] ofCall(Class<?> type) {
    return ARGUMENTS.get(type);
  }

  static Class<?>[] ofResult(Class<?> callType) {
    return RESULTS.get(callType);
  }
}
