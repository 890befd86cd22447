package dev.poolwright.internal.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
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

  /**
   * Makes one.
   *
   * @param loader knows the classes of what is read
   * @param rules which classes may be read
   */
  public JdkCodec(ClassLoader loader, PayloadFilter.Rules rules) {
    this.loader = loader;
    this.rules = rules;
  }

  /**
   * The same with more classes allowed.
   *
   * @param more types that one call declares
   * @return another codec
   */
  JdkCodec allowing(List<Class<?>> more) {
    return new JdkCodec(loader, rules.and(more));
  }

  @Override
  public void write(@Nullable Object value, PayloadBuffer out) throws IOException {
    Streams.write(value, out);
  }

  @Override
  public @Nullable Object read(ByteBuffer in) throws IOException, ClassNotFoundException {
    return Streams.read(in, loader, rules);
  }

  /** Apart, so that the JDK's classes for this are loaded when something is serialized. */
  private static final class Streams {
    static void write(@Nullable Object value, PayloadBuffer out) throws IOException {
      try (ObjectOutputStream stream = new OptionalStream(out)) {
        stream.writeObject(value);
      }
    }

    static @Nullable Object read(ByteBuffer in, ClassLoader loader, PayloadFilter.Rules rules)
        throws IOException, ClassNotFoundException {
      PayloadFilter filter = new PayloadFilter(rules, in.remaining());
      try (ObjectInputStream stream = new LoaderStream(bytes(in), loader)) {
        stream.setObjectInputFilter(filter);
        return stream.readObject();
      } catch (InvalidClassException e) {
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

  /** Lets an Optional travel, which the JDK does not. */
  private static final class OptionalStream extends ObjectOutputStream {
    OptionalStream(OutputStream out) throws IOException {
      super(out);
      enableReplaceObject(true);
    }

    @Override
    protected @Nullable Object replaceObject(@Nullable Object value) {
      return value instanceof Optional<?> optional ? new Packed(optional.orElse(null)) : value;
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

    LoaderStream(ByteArrayInputStream in, ClassLoader loader) throws IOException {
      super(in);
      this.loader = loader;
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
