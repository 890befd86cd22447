package dev.poolwright.internal.wire;

import java.io.InvalidObjectException;
import java.io.ObjectInputFilter;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one payload may contain. Without patterns every class may be read that the JVM-wide filter
 * allows; the limits hold always. The JDK itself joins the JVM-wide filter to this one.
 *
 * <p><b>Threads:</b> confined to the thread that reads one payload.
 */
public final class PayloadFilter implements ObjectInputFilter {
  private static final long MAX_DEPTH = 10_000;

  /** What an exception is made of, besides its own class; found by serializing some. */
  private static final Set<String> ALWAYS =
      Set.of(
          "java.lang.StackTraceElement",
          "java.lang.Object",
          "java.lang.String",
          "java.lang.Number",
          "java.lang.Boolean",
          "java.lang.Character",
          "java.lang.Byte",
          "java.lang.Short",
          "java.lang.Integer",
          "java.lang.Long",
          "java.lang.Float",
          "java.lang.Double",
          "java.lang.Enum",
          "java.lang.Class",
          "java.util.ArrayList",
          "java.util.Collections$EmptyList",
          "java.util.Collections$UnmodifiableCollection",
          "java.util.Collections$UnmodifiableList",
          "java.util.Collections$UnmodifiableRandomAccessList",
          "java.lang.invoke.SerializedLambda",
          JdkCodec.Packed.class.getName());

  /** Tables of hash maps are larger than what is in them. */
  private static final long REFERENCES_PER_BYTE = 8;

  private static final long LEAST_REFERENCES = 1_024;

  private final Rules rules;
  private final long bytes;
  private boolean hasLambda;
  private @Nullable String rejection;

  /**
   * A filter for one payload.
   *
   * @param rules of the pool or call
   * @param bytes of the payload: no array can have more than those describe
   */
  PayloadFilter(Rules rules, long bytes) {
    this.rules = rules;
    this.bytes = bytes;
  }

  /**
   * The rules of one pool or call.
   *
   * @param allow null for every class
   * @param declared further classes that may be read
   * @param maxBytes most bytes of a payload, and most elements of an array
   */
  public record Rules(@Nullable ObjectInputFilter allow, Set<Class<?>> declared, long maxBytes) {
    /**
     * Reads the patterns.
     *
     * @param patterns none allows every class
     * @param maxBytes most bytes of a payload
     * @return the rules
     * @throws IllegalArgumentException when a pattern is no pattern
     */
    public static Rules of(List<String> patterns, long maxBytes) {
      return new Rules(
          patterns.isEmpty() ? null : Config.createFilter(String.join(";", patterns)),
          Set.of(),
          maxBytes);
    }

    boolean hasPatterns() {
      return allow != null;
    }

    Rules and(List<Class<?>> more) {
      if (allow == null) {
        return this;
      }
      Set<Class<?>> all = new HashSet<>(declared);
      all.addAll(more);
      return new Rules(allow, all, maxBytes);
    }
  }

  /** The filter did not let something through. */
  static final class RejectedException extends InvalidObjectException {
    private static final long serialVersionUID = 1;

    RejectedException(String what, Throwable cause) {
      super(what);
      initCause(cause);
    }
  }

  /**
   * What was rejected.
   *
   * @return null when nothing was
   */
  @Nullable String rejection() {
    return rejection;
  }

  @Override
  public Status checkInput(FilterInfo info) {
    if (info.depth() > MAX_DEPTH) {
      return reject("the graph is deeper than " + MAX_DEPTH + " objects");
    }
    if (info.arrayLength() > rules.maxBytes
        || info.streamBytes() > rules.maxBytes
        || info.references() > rules.maxBytes) {
      return reject("an array or the whole is larger than " + rules.maxBytes + " bytes");
    }
    Class<?> type = info.serialClass();
    if (type == null) {
      return Status.UNDECIDED;
    }
    if (type.isArray() && info.arrayLength() > mostElements(type.getComponentType())) {
      return reject(
          "an array of " + info.arrayLength() + " elements in a payload of " + bytes + " bytes");
    }
    while (type.isArray()) {
      type = type.getComponentType();
    }
    hasLambda |= type == SerializedLambda.class;
    ObjectInputFilter allow = rules.allow;
    if (allow == null) {
      return Status.UNDECIDED;
    }
    Status listed = allow.checkInput(info);
    if (listed == Status.REJECTED || (listed == Status.UNDECIDED && !isAlwaysAllowed(type))) {
      return reject("class " + type.getName() + " is not among the allowed ones");
    }
    return Status.UNDECIDED;
  }

  private long mostElements(Class<?> component) {
    if (!component.isPrimitive()) {
      return LEAST_REFERENCES + REFERENCES_PER_BYTE * bytes;
    }
    int size =
        component == long.class || component == double.class
            ? Long.BYTES
            : component == int.class || component == float.class
                ? Integer.BYTES
                : component == short.class || component == char.class ? Short.BYTES : 1;
    return bytes / size;
  }

  private boolean isAlwaysAllowed(Class<?> type) {
    return type.isPrimitive()
        || ALWAYS.contains(type.getName())
        || Throwable.class.isAssignableFrom(type)
        || (hasLambda && (type.isHidden() || writesLambdas(type)))
        || rules.declared.contains(type);
  }

  /**
   * A lambda names the class that it was written in, which has this method of the compiler's; its
   * own class, read last, is hidden.
   */
  private static boolean writesLambdas(Class<?> type) {
    try {
      Method unused = type.getDeclaredMethod("$deserializeLambda$", SerializedLambda.class);
      return true;
    } catch (NoSuchMethodException e) {
      return false;
    }
  }

  private Status reject(String why) {
    rejection = why;
    return Status.REJECTED;
  }
}
