package dev.poolwright.internal.task;

import dev.poolwright.WorkerCrash;
import dev.poolwright.internal.access.ReadableFailure;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a failure while nobody has observed it. A failure that may lead back to its own
 * task, as an instance of an inner class does, would keep that task reachable and never be
 * reported: of such a one its text and stack are kept.
 */
@SuppressWarnings("OverrideThrowableToString") // It prints as the original does.
final class KeptFailure extends RuntimeException {

  private static final long serialVersionUID = 1;

  private static final ClassValue<Boolean> LEADS_NOWHERE =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          for (Class<?> each = type; each != Throwable.class; each = each.getSuperclass()) {
            if (!Arrays.stream(each.getDeclaredFields()).allMatch(KeptFailure::leadsNowhere)) {
              return false;
            }
          }
          return true;
        }
      };

  private KeptFailure(String text) {
    super(text);
  }

  private static boolean leadsNowhere(Field field) {
    Class<?> type = field.getType();
    return Modifier.isStatic(field.getModifiers())
        || type.isPrimitive()
        || type.isEnum()
        || type == String.class
        || (type.isArray() && type.getComponentType().isPrimitive())
        || type == WorkerCrash.class
        || Number.class.isAssignableFrom(type)
        || isCause(field);
  }

  /** Those of the JDK are mostly causes; they and what is suppressed are looked at one by one. */
  private static boolean isCause(Field field) {
    ClassLoader loader = field.getDeclaringClass().getClassLoader();
    return Throwable.class.isAssignableFrom(field.getType())
        && (loader == null || loader == ClassLoader.getPlatformClassLoader());
  }

  /** The failure itself, or what stands for it. */
  static Throwable of(Throwable failure) {
    try {
      return leadsNowhere(failure, Collections.newSetFromMap(new IdentityHashMap<>()))
          ? failure
          : standIn(failure);
    } catch (Throwable e) {
      return new KeptFailure(ReadableFailure.text(failure));
    }
  }

  private static boolean leadsNowhere(@Nullable Throwable failure, Set<Throwable> seen) {
    if (failure == null || !seen.add(failure)) {
      return true;
    }
    return LEADS_NOWHERE.get(failure.getClass())
        && leadsNowhere(failure.getCause(), seen)
        && Arrays.stream(failure.getSuppressed()).allMatch(each -> leadsNowhere(each, seen));
  }

  private static KeptFailure standIn(Throwable failure) {
    KeptFailure standIn = new KeptFailure(ReadableFailure.text(failure));
    standIn.setStackTrace(failure.getStackTrace());
    return standIn;
  }

  /** As the original prints itself. */
  @Override
  public String toString() {
    return String.valueOf(getMessage());
  }
}
