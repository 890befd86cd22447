package dev.poolwright.internal.worker;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Makes a {@code sun.misc.SignalHandler} that does nothing. javac cannot compile one without a
 * warning that nothing turns off, and the JDK's proxies cost a fresh JVM 30 ms; a class of two
 * empty methods costs less than one.
 *
 * <p><b>Source:</b> The Java Virtual Machine Specification, chapter 4.
 */
final class NothingHandler extends ClassLoader {
  private static final int JAVA_17 = 61;
  private static final int UTF8 = 1;
  private static final int CLASS = 7;
  private static final int METHOD = 10;
  private static final int NAME_AND_TYPE = 12;
  private static final int PUBLIC = 1;
  private static final int RETURN = 0xB1;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

  NothingHandler(ClassLoader parent) {
    super(parent);
  }

  Object make() throws ReflectiveOperationException {
    writeConstants();
    shorts(PUBLIC | 0x20, 2, 4, 1, 6, 0, 2); // This class, its superclass, its interface; methods:
    shorts(PUBLIC, 7, 8, 1, 11, 0, 17, 1, 1, 0, 5);
    bytes(0x2A, 0xB7, 0, 10, RETURN); // aload_0, invokespecial Object.<init>
    shorts(0, 0);
    shorts(PUBLIC, 12, 13, 1, 11, 0, 13, 0, 2, 0, 1);
    bytes(RETURN);
    shorts(0, 0);
    shorts(0);
    byte[] made = out.toByteArray();
    return defineClass("Nothing", made, 0, made.length).getConstructor().newInstance();
  }

  private void writeConstants() {
    shorts(0xCAFE, 0xBABE, 0, JAVA_17, 14);
    text("Nothing"); // 1
    bytes(CLASS, 0, 1);
    text("java/lang/Object"); // 3
    bytes(CLASS, 0, 3);
    text("sun/misc/SignalHandler"); // 5
    bytes(CLASS, 0, 5);
    text("<init>"); // 7
    text("()V"); // 8
    bytes(NAME_AND_TYPE, 0, 7, 0, 8);
    bytes(METHOD, 0, 4, 0, 9);
    text("Code"); // 11
    text("handle"); // 12
    text("(Lsun/misc/Signal;)V"); // 13
  }

  private void text(String text) {
    bytes(UTF8);
    byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
    shorts(ascii.length);
    out.write(ascii, 0, ascii.length);
  }

  private void shorts(int... values) {
    for (int value : values) {
      bytes(value >> 8, value);
    }
  }

  private void bytes(int... values) {
    for (int value : values) {
      out.write(value);
    }
  }
}
