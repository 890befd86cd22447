package dev.poolwright.internal.wire;

import java.io.Externalizable;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What reading an object of a class may lead to: whether its reader can be sure to come back soon.
 */
enum ReadCost {
  /** Nothing but fields, and its hash is soon known. */
  LEAF,

  /** Nothing but fields, and its hash may be that of all that it refers to, many times over. */
  COMPOSITE,

  /** The JDK hashes or compares what is in it. */
  TABLE,

  /** Code of its own. */
  FOREIGN;

  private static final Set<String> LEAVES =
      Set.of(
          "java.lang.String",
          "java.lang.Class",
          "java.math.BigDecimal",
          "java.math.BigInteger",
          "java.util.Date",
          "java.util.UUID");

  private static final Set<String> COMPOSITES =
      Set.of(
          "java.util.ArrayDeque",
          "java.util.ArrayList",
          "java.util.Arrays$ArrayList",
          "java.util.Collections$EmptyList",
          "java.util.Collections$EmptyMap",
          "java.util.Collections$EmptySet",
          "java.util.Collections$UnmodifiableList",
          "java.util.Collections$UnmodifiableRandomAccessList",
          "java.util.LinkedList",
          "java.util.Optional",
          JdkCodec.Packed.class.getName());

  private static final Set<String> TABLES =
      Set.of(
          "java.util.CollSer",
          "java.util.HashMap",
          "java.util.HashSet",
          "java.util.LinkedHashMap",
          "java.util.LinkedHashSet",
          "java.util.TreeMap",
          "java.util.TreeSet");

  /** Null of a class of which no object was read yet. */
  private static final ClassValue<AtomicReference<@Nullable ReadCost>> COSTS =
      new ClassValue<>() {
        @Override
        protected AtomicReference<@Nullable ReadCost> computeValue(Class<?> type) {
          boolean isKnown = type.getClassLoader() == null || type == JdkCodec.Packed.class;
          return new AtomicReference<>(isKnown ? find(type) : null);
        }
      };

  /** That of the first object is that of its class initializer, too, which may do anything. */
  static ReadCost of(Class<?> type) {
    ReadCost known = COSTS.get(type).get();
    return known == null ? FOREIGN : known;
  }

  /** An object of a class was read, so it and its superclasses are initialized. */
  static void met(Class<?> type) {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      AtomicReference<@Nullable ReadCost> cost = COSTS.get(each);
      if (cost.get() != null) {
        return;
      }
      cost.set(find(each));
    }
  }

  private static ReadCost find(Class<?> type) {
    String name = type.getName();
    if (type.isPrimitive()
        || LEAVES.contains(name)
        || (Enum.class.isAssignableFrom(type) && !Comparator.class.isAssignableFrom(type))
        || name.startsWith("java.time.")
        || (name.startsWith("java.lang.") && Number.class.isAssignableFrom(type))
        || type == Boolean.class
        || type == Character.class) {
      return LEAF;
    }
    if (TABLES.contains(name) || name.startsWith("java.util.ImmutableCollections$")) {
      return TABLE;
    }
    return COMPOSITES.contains(name) || type.isInterface() || isFieldsAlone(type)
        ? COMPOSITE
        : FOREIGN;
  }

  private static boolean isFieldsAlone(Class<?> type) {
    if (Externalizable.class.isAssignableFrom(type)) {
      return false;
    }
    try {
      for (Class<?> each = type; each != null; each = each.getSuperclass()) {
        if (has(each, "readObject", ObjectInputStream.class)
            || has(each, "readObjectNoData")
            || has(each, "readResolve")) {
          return false;
        }
        if (isConstructed(each)) {
          return false;
        }
      }
      return !type.isRecord() || RecordCode.setsFieldsAlone(type);
    } catch (LinkageError e) {
      return false; // Nobody knows what it has.
    }
  }

  /** The JDK runs the constructor of the first superclass that is not serializable. */
  private static boolean isConstructed(Class<?> type) {
    return !Serializable.class.isAssignableFrom(type)
        && type != Object.class
        && type != Record.class;
  }

  private static boolean has(Class<?> type, String method, Class<?>... parameters) {
    try {
      var unused = type.getDeclaredMethod(method, parameters);
      return true;
    } catch (NoSuchMethodException e) {
      return false;
    }
  }
}
