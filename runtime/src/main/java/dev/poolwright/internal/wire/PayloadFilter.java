package dev.poolwright.internal.wire;

import java.io.InvalidObjectException;
import java.io.ObjectInputFilter;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one payload may contain. Without patterns every class may be read that the JVM-wide filter
 * allows; the limits hold always. The JDK puts this one in the place of the JVM-wide one, so it
 * asks that itself.
 *
 * <p><b>Limits:</b> all arrays of numbers together have no more bytes than the payload, since those
 * lie in it; references and places in arrays for them no more than some for each byte.
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
          JdkCodec.Packed.class.getName());

  /** Tables of hash maps are larger than what is in them. */
  private static final long REFERENCES_PER_BYTE = 4;

  private static final long LEAST_REFERENCES = 1_024;

  private final Rules rules;
  private final @Nullable ObjectInputFilter jvmWide;
  private final long bytes;

  /** What is left of them for arrays of numbers. */
  private long freeBytes;

  /** How many places for references arrays may have yet. */
  private long freeReferences;

  private final boolean isQuick;

  private boolean hasTable;
  private boolean hasComposite;
  private boolean isSlow;
  private @Nullable String rejection;

  /**
   * A filter for one payload.
   *
   * @param rules of the pool or call
   * @param jvmWide that of the JVM, if it has one
   * @param bytes of the payload
   * @param isQuick whether to refuse what may take its reader long
   */
  PayloadFilter(Rules rules, @Nullable ObjectInputFilter jvmWide, long bytes, boolean isQuick) {
    this.isQuick = isQuick;
    this.rules = rules;
    this.jvmWide = jvmWide;
    this.bytes = bytes;
    this.freeBytes = bytes;
    this.freeReferences = LEAST_REFERENCES + REFERENCES_PER_BYTE * bytes;
  }

  /**
   * The rules of one pool or call.
   *
   * @param allow null for every class
   * @param declared further classes that may be read
   * @param isForCalls whether lambdas may be read
   */
  public record Rules(
      @Nullable ObjectInputFilter allow, Set<Class<?>> declared, boolean isForCalls) {
    /**
     * Reads the patterns.
     *
     * @param patterns none allows every class
     * @return the rules of results that declare nothing
     * @throws IllegalArgumentException when a pattern is no pattern
     */
    public static Rules of(List<String> patterns) {
      return new Rules(
          patterns.isEmpty() ? null : Config.createFilter(String.join(";", patterns)),
          Set.of(),
          false);
    }

    boolean hasPatterns() {
      return allow != null;
    }

    Rules forCall(Class<?> callType) {
      return new Rules(allow, Set.of(DeclaredTypes.ofCall(callType)), true);
    }

    Rules forResult(Class<?> callType) {
      return new Rules(allow, Set.of(DeclaredTypes.ofResult(callType)), false);
    }

    /** Whether an object of a class, of which nothing else is known, may be read. */
    boolean allow(Class<?> type) {
      return allow == null || allow(type, new OfClass(type));
    }

    private boolean allow(Class<?> type, FilterInfo info) {
      Status listed = allow == null ? Status.ALLOWED : allow.checkInput(info);
      return listed == Status.ALLOWED
          || (listed == Status.UNDECIDED
              && (type.isPrimitive()
                  || ALWAYS.contains(type.getName())
                  || declared.contains(type)
                  || (isForCalls && (type == PackedLambda.class || type.isHidden()))
                  || AllowedExceptions.contain(type)));
    }
  }

  /** Nothing but a class. */
  private record OfClass(Class<?> serialClass) implements FilterInfo {
    @Override
    public long arrayLength() {
      return -1;
    }

    @Override
    public long depth() {
      return 1;
    }

    @Override
    public long references() {
      return 1;
    }

    @Override
    public long streamBytes() {
      return 0;
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

  /** It may take long to read this, so it was not read. */
  static final class SlowException extends RuntimeException {
    private static final long serialVersionUID = 1;

    SlowException() {
      super("not read, since that may take long", null, false, false);
    }
  }

  /** Whether it was refused because it may take long. */
  boolean isSlow() {
    return isSlow;
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
    Class<?> type = info.serialClass();
    if (jvmWide != null && jvmWide.checkInput(info) == Status.REJECTED) {
      return reject(
          (type == null ? "the size of the graph" : "class " + type.getName())
              + " is rejected by the filter of the JVM, as jdk.serialFilter sets it");
    }
    if (!hasRoom(type, info)) {
      return reject(
          (info.arrayLength() > 0
                  ? "an array of " + info.arrayLength() + " elements"
                  : "a reference")
              + " in a payload of "
              + bytes
              + " bytes, which cannot have it beside what came before");
    }
    if (type == null) {
      return Status.UNDECIDED;
    }
    boolean isArray = type.isArray();
    while (type.isArray()) {
      type = type.getComponentType();
    }
    if (!rules.allow(type, info)) {
      return reject(
          type == PackedLambda.class
              ? "a lambda is not allowed in a result"
              : "class "
                  + type.getName()
                  + " is not among the allowed ones; see the pool's allow patterns");
    }
    // An array is places, and initializes no class: what is in them comes by itself.
    isSlow = isQuick && !isArray && maySlow(type);
    return isSlow ? Status.REJECTED : Status.UNDECIDED;
  }

  /**
   * Composites in a table may take as long as there are ways through them, which grow with the
   * power of their depth.
   */
  private boolean maySlow(Class<?> type) {
    ReadCost cost = ReadCost.of(type);
    hasTable |= cost == ReadCost.TABLE;
    hasComposite |= cost == ReadCost.COMPOSITE;
    return cost == ReadCost.FOREIGN || (hasTable && hasComposite);
  }

  private boolean hasRoom(@Nullable Class<?> type, FilterInfo info) {
    long length = info.arrayLength();
    if (type != null && length > 0 && type.isArray()) {
      if (type.getComponentType().isPrimitive()) {
        freeBytes -= length * bytesOf(type.getComponentType());
      } else {
        freeReferences -= length;
      }
    }
    return freeBytes >= 0 && info.references() <= freeReferences;
  }

  private static int bytesOf(Class<?> primitive) {
    return primitive == long.class || primitive == double.class
        ? Long.BYTES
        : primitive == int.class || primitive == float.class
            ? Integer.BYTES
            : primitive == short.class || primitive == char.class ? Short.BYTES : 1;
  }

  private Status reject(String why) {
    rejection = why;
    return Status.REJECTED;
  }
}
