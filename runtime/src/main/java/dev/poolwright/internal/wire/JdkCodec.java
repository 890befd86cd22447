package dev.poolwright.internal.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * JDK serialization: one fresh stream for each payload, since a stream that failed once poisons its
 * reader; classes come from the application's loader; every read passes a filter.
 *
 * <p><b>Threads:</b> thread-safe.
 */
public final class JdkCodec implements PayloadCodec {
  private final ClassLoader loader;
  private final PayloadFilter.Rules rules;
  private final boolean isQuick;

  /**
   * Makes one.
   *
   * @param loader knows the classes of what is read
   * @param rules which classes may be read
   */
  public JdkCodec(ClassLoader loader, PayloadFilter.Rules rules) {
    this(loader, rules, false);
  }

  /** One that may throw {@link PayloadFilter.SlowException} instead of reading. */
  JdkCodec(ClassLoader loader, PayloadFilter.Rules rules, boolean isQuick) {
    this.loader = loader;
    this.rules = rules;
    this.isQuick = isQuick;
  }

  @Override
  public void write(@Nullable Object value, PayloadBuffer out) throws IOException {
    Streams.write(value, out, rules, false);
  }

  /** Writes what a method threw; exceptions that are not allowed as what stands for them. */
  void writeThrown(Throwable failure, PayloadBuffer out) throws IOException {
    Streams.write(failure, out, rules, true);
  }

  @Override
  public @Nullable Object read(ByteBuffer in) throws IOException, ClassNotFoundException {
    return Streams.read(in, loader, rules, isQuick);
  }

  /** Apart, so that the JDK's classes for this are loaded when something is serialized. */
  private static final class Streams {
    static void write(
        @Nullable Object value, PayloadBuffer out, PayloadFilter.Rules rules, boolean isThrown)
        throws IOException {
      try (ObjectOutputStream stream = new ReplacingStream(out, rules, isThrown)) {
        stream.writeObject(value);
      }
    }

    static @Nullable Object read(
        ByteBuffer in, ClassLoader loader, PayloadFilter.Rules rules, boolean isQuick)
        throws IOException, ClassNotFoundException {
      try (LoaderStream stream = new LoaderStream(bytes(in), loader, rules, !isQuick)) {
        return read(
            stream,
            new PayloadFilter(rules, stream.getObjectInputFilter(), in.remaining(), isQuick));
      }
    }

    private static @Nullable Object read(LoaderStream stream, PayloadFilter filter)
        throws IOException, ClassNotFoundException {
      try {
        stream.setObjectInputFilter(filter);
        Object read = stream.readObject();
        stream.met.forEach(ReadCost::met);
        return read;
      } catch (InvalidClassException e) {
        if (filter.isSlow()) {
          throw new PayloadFilter.SlowException();
        }
        String rejected = filter.rejection();
        if (rejected != null) {
          throw new PayloadFilter.RejectedException(rejected, e);
        }
        throw e;
      }
    }

    private static ByteArrayInputStream bytes(ByteBuffer in) {
      if (in.hasArray()) {
        return new ByteArrayInputStream(
            in.array(), in.arrayOffset() + in.position(), in.remaining());
      }
      byte[] copy = new byte[in.remaining()];
      in.get(copy);
      return new ByteArrayInputStream(copy);
    }
  }

  /**
   * Lets an Optional travel, which the JDK does not, and with patterns lambdas and exceptions in a
   * form that the other side lets in.
   */
  private static final class ReplacingStream extends ObjectOutputStream {
    private final PayloadFilter.Rules rules;
    private final boolean isThrown;

    ReplacingStream(OutputStream out, PayloadFilter.Rules rules, boolean isThrown)
        throws IOException {
      super(out);
      this.rules = rules;
      this.isThrown = isThrown;
      enableReplaceObject(true);
    }

    @Override
    protected @Nullable Object replaceObject(@Nullable Object value) {
      if (value instanceof Optional<?> optional) {
        return new Packed(optional.orElse(null));
      }
      if (rules.hasPatterns()) {
        if (value instanceof SerializedLambda lambda) {
          return PackedLambda.of(lambda);
        }
        if (isThrown && value instanceof Throwable failure && !rules.allow(value.getClass())) {
          return RemoteFailures.standIn(failure);
        }
      }
      return value;
    }
  }

  /** Stands for an Optional in a stream. */
  @SuppressWarnings("serial") // What an Optional of the user's has travels, or is refused.
  record Packed(@Nullable Object value) implements Serializable {
    private Object readResolve() {
      return Optional.ofNullable(value);
    }
  }

  /** Resolves classes by the application's loader. */
  private static final class LoaderStream extends ObjectInputStream {
    private final ClassLoader loader;
    private final boolean notes;

    /** Classes of objects: those of literals and of arrays may not be initialized. */
    private final Set<Class<?>> met = new HashSet<>(4);

    LoaderStream(
        ByteArrayInputStream in, ClassLoader loader, PayloadFilter.Rules rules, boolean notes)
        throws IOException {
      super(in);
      this.loader = loader;
      this.notes = notes;
      enableResolveObject(notes || (rules.hasPatterns() && rules.isForCalls()));
    }

    @Override
    protected @Nullable Object resolveObject(@Nullable Object read) throws IOException {
      if (notes && read != null && read.getClass().getClassLoader() != null) {
        met.add(read.getClass());
      }
      if (read instanceof PackedLambda lambda) {
        try {
          return lambda.unpack(loader);
        } catch (ClassNotFoundException e) {
          InvalidObjectException failure =
              new InvalidObjectException("lambda of " + e.getMessage());
          failure.initCause(e);
          throw failure;
        }
      }
      return read;
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass description)
        throws IOException, ClassNotFoundException {
      try {
        return Class.forName(description.getName(), false, loader);
      } catch (ClassNotFoundException e) {
        return super.resolveClass(
            description); // Primitive types, and what only this runtime's loader has.
      }
    }

    @Override
    @SuppressWarnings("deprecation") // Proxy.getProxyClass, as in the method that this overrides.
    protected Class<?> resolveProxyClass(String[] names)
        throws IOException, ClassNotFoundException {
      Class<?>[] interfaces = new Class<?>[names.length];
      for (int i = 0; i < names.length; i++) {
        interfaces[i] = Class.forName(names[i], false, loader);
      }
      try {
        return Proxy.getProxyClass(loader, interfaces);
      } catch (IllegalArgumentException e) {
        throw new ClassNotFoundException(String.join(", ", names), e);
      }
    }
  }
}
