package dev.poolwright.internal.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Values as a byte that says what follows, and the value: short forms for what calls and results
 * mostly are, a {@link PayloadCodec} for the rest.
 *
 * <p><b>Threads:</b> thread-safe.
 */
final class Values {
  private static final byte NULL = 0;
  private static final byte TRUE = 1;
  private static final byte FALSE = 2;
  private static final byte BYTE = 3;
  private static final byte SHORT = 4;
  private static final byte CHAR = 5;
  private static final byte INT = 6;
  private static final byte LONG = 7;
  private static final byte FLOAT = 8;
  private static final byte DOUBLE = 9;
  private static final byte STRING = 10;
  private static final byte BYTES = 11;

  /** A 4-byte length and as many bytes of the codec. */
  private static final byte OBJECT = 12;

  /** The components of the record whose class the frame names. */
  private static final byte RECORD = 13;

  /** The component that the calls of the frame have in common. */
  private static final byte SHARED = 14;

  private final PayloadCodec codec;

  Values(PayloadCodec codec) {
    this.codec = codec;
  }

  /**
   * Writes a record by its components when at most one of them needs the codec: two may share
   * objects. A shared component does not count: it is written somewhere else.
   */
  void writeRecord(Object value, @Nullable SharedArgument shared, PayloadBuffer out)
      throws IOException {
    RecordShape shape = RecordShape.of(value.getClass());
    if (shape == null) {
      write(value, out);
      return;
    }
    int start = out.size();
    out.write(RECORD);
    int objects = 0;
    for (int i = 0; i < shape.size(); i++) {
      Object component = shape.component(value, i);
      if (shared != null && shared.is(component)) {
        out.write(SHARED);
      } else if (!writeShort(component, out)) {
        if (++objects > 1) {
          out.truncate(start);
          writeObject(value, out);
          return;
        }
        writeObject(component, out);
      }
    }
  }

  /** What {@link #writeRecord} writes of a record with these components. */
  void writeComponents(PayloadBuffer out, @Nullable Object... components) throws IOException {
    out.write(RECORD);
    for (Object component : components) {
      write(component, out);
    }
  }

  void write(@Nullable Object value, PayloadBuffer out) throws IOException {
    if (!writeShort(value, out)) {
      writeObject(value, out);
    }
  }

  private void writeObject(@Nullable Object value, PayloadBuffer out) throws IOException {
    out.write(OBJECT);
    int at = out.beginSized();
    codec.write(value, out);
    out.endSized(at);
  }

  private static boolean writeShort(@Nullable Object value, PayloadBuffer out) {
    if (value == null) {
      out.write(NULL);
    } else if (value instanceof String text) {
      out.write(STRING);
      out.putString(text);
    } else if (value instanceof Integer number) {
      out.write(INT);
      out.putInt(number);
    } else if (value instanceof Long number) {
      out.write(LONG);
      out.putLong(number);
    } else if (value instanceof Double number) {
      out.write(DOUBLE);
      out.putLong(Double.doubleToRawLongBits(number));
    } else if (value instanceof Boolean truth) {
      out.write(truth ? TRUE : FALSE);
    } else if (value instanceof byte[] bytes) {
      out.write(BYTES);
      out.putInt(bytes.length);
      out.write(bytes, 0, bytes.length);
    } else {
      return writeRare(value, out);
    }
    return true;
  }

  private static boolean writeRare(Object value, PayloadBuffer out) {
    if (value instanceof Float number) {
      out.write(FLOAT);
      out.putInt(Float.floatToRawIntBits(number));
    } else if (value instanceof Byte number) {
      out.write(BYTE);
      out.write(number);
    } else if (value instanceof Short number) {
      out.write(SHORT);
      out.putInt(number);
    } else if (value instanceof Character character) {
      out.write(CHAR);
      out.putInt(character);
    } else {
      return false;
    }
    return true;
  }

  @Nullable Object read(
      ByteBuffer in, @Nullable Class<?> recordType, @Nullable SharedArgument shared)
      throws IOException, ClassNotFoundException, ReflectiveOperationException {
    byte tag = in.get();
    return switch (tag) {
      case NULL -> null;
      case TRUE -> true;
      case FALSE -> false;
      case BYTE -> in.get();
      case SHORT -> (short) in.getInt();
      case CHAR -> (char) in.getInt();
      case INT -> in.getInt();
      case LONG -> in.getLong();
      case FLOAT -> Float.intBitsToFloat(in.getInt());
      case DOUBLE -> Double.longBitsToDouble(in.getLong());
      case STRING -> PayloadBuffer.string(in);
      case BYTES -> bytes(in);
      case OBJECT -> codec.read(PayloadBuffer.sized(in));
      case RECORD -> record(in, recordType, shared);
      case SHARED -> shared(shared);
      default ->
          throw new ProtocolDesyncException("value tag is " + tag + "; must be 0 to " + SHARED);
    };
  }

  private static byte[] bytes(ByteBuffer in) {
    ByteBuffer view = PayloadBuffer.sized(in);
    byte[] bytes = new byte[view.remaining()];
    view.get(bytes);
    return bytes;
  }

  private @Nullable Object shared(@Nullable SharedArgument shared)
      throws IOException, ReflectiveOperationException {
    if (shared == null) {
      throw new ProtocolDesyncException("a shared argument that the frame does not have");
    }
    return shared.read(this);
  }

  private Object record(ByteBuffer in, @Nullable Class<?> type, @Nullable SharedArgument shared)
      throws IOException, ReflectiveOperationException {
    RecordMaker maker = type == null ? null : RecordMaker.of(type);
    if (maker == null) {
      throw new ProtocolDesyncException("components of a record without its class");
    }
    @Nullable Object[] components = new @Nullable Object[maker.size()];
    for (int i = 0; i < components.length; i++) {
      components[i] = read(in, null, shared);
    }
    return maker.make(components);
  }
}
