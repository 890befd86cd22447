package dev.poolwright.internal.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import org.jspecify.annotations.Nullable;

/**
 * A lambda in a call to a pool with patterns. The JDK's own form has the class that the lambda was
 * written in as a class object, and once a stream has described a class it can have objects of it;
 * here that class is a name, which is good for this lambda alone.
 *
 * @param capturingClass that class, by its binary name
 * @param captured what the lambda holds, as the filter let it in
 */
@SuppressWarnings({"serial", "ArrayRecordComponent"}) // As SerializedLambda has it.
record PackedLambda(
    String capturingClass,
    String functionalClass,
    String functionalMethod,
    String functionalSignature,
    int implKind,
    String implClass,
    String implMethod,
    String implSignature,
    String instantiatedType,
    @Nullable Object[] captured)
    implements Serializable {

  /** Stands for what the lambda holds at one place. */
  private record Slot(int index) implements Serializable {}

  static PackedLambda of(SerializedLambda lambda) {
    @Nullable Object[] captured = new @Nullable Object[lambda.getCapturedArgCount()];
    for (int i = 0; i < captured.length; i++) {
      captured[i] = lambda.getCapturedArg(i);
    }
    return new PackedLambda(
        lambda.getCapturingClass().replace('/', '.'),
        lambda.getFunctionalInterfaceClass(),
        lambda.getFunctionalInterfaceMethodName(),
        lambda.getFunctionalInterfaceMethodSignature(),
        lambda.getImplMethodKind(),
        lambda.getImplClass(),
        lambda.getImplMethodName(),
        lambda.getImplMethodSignature(),
        lambda.getInstantiatedMethodType(),
        captured);
  }

  /**
   * Makes the lambda, as only the JDK can: in a stream of its own, from what was read.
   *
   * @param loader knows the class that the lambda was written in
   */
  Object unpack(ClassLoader loader) throws IOException, ClassNotFoundException {
    Class<?> capturing = Class.forName(capturingClass, false, loader);
    Object[] slots = new Object[captured.length];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = new Slot(i);
    }
    SerializedLambda lambda =
        new SerializedLambda(
            capturing,
            functionalClass,
            functionalMethod,
            functionalSignature,
            implKind,
            implClass,
            implMethod,
            implSignature,
            instantiatedType,
            slots);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(lambda);
    }
    try (Unpacking in = new Unpacking(new ByteArrayInputStream(bytes.toByteArray()), capturing)) {
      return in.readObject();
    }
  }

  /** Reads what {@link #unpack} wrote, and nothing else. */
  private final class Unpacking extends ObjectInputStream {
    private final Class<?> capturing;

    Unpacking(InputStream in, Class<?> capturing) throws IOException {
      super(in);
      this.capturing = capturing;
      enableResolveObject(true);
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass description)
        throws IOException, ClassNotFoundException {
      String name = description.getName();
      if (name.equals(capturing.getName())) {
        return capturing;
      }
      return name.equals(Slot.class.getName()) ? Slot.class : super.resolveClass(description);
    }

    @Override
    protected @Nullable Object resolveObject(@Nullable Object read) {
      return read instanceof Slot slot ? captured[slot.index] : read;
    }
  }
}
