package dev.poolwright.internal.wire;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;

/**
 * What the canonical constructor of a record does, by its class file: reflection does not tell one
 * that the compiler made from one that was written.
 *
 * <p><b>Source:</b> The Java Virtual Machine Specification, chapters 4.1 to 4.7.3 and 6.5.
 */
final class RecordCode {
  private static final int MAGIC = 0xCAFEBABE;
  private static final int ALOAD_0 = 0x2a;
  private static final int ALOAD_3 = 0x2d;
  private static final int ILOAD = 0x15;
  private static final int PUTFIELD = 0xb5;
  private static final int INVOKESPECIAL = 0xb7;
  private static final int RETURN = 0xb1;

  private final DataInputStream in;
  private final String descriptor;
  private final String[] texts;

  private RecordCode(DataInputStream in, String descriptor) throws IOException {
    this.in = in;
    this.descriptor = descriptor;
    if (in.readInt() != MAGIC) {
      throw new IOException("no class file");
    }
    in.skipNBytes(4); // Version.
    this.texts = new String[in.readUnsignedShort()];
  }

  /**
   * Whether making a record of this class runs nothing but the setting of its fields.
   *
   * @param type a record
   * @return false where that is not known
   */
  static boolean setsFieldsAlone(Class<?> type) {
    String name = type.getName();
    try (InputStream file =
        type.getResourceAsStream(name.substring(name.lastIndexOf('.') + 1) + ".class")) {
      return file != null
          && new RecordCode(new DataInputStream(new BufferedInputStream(file)), descriptor(type))
              .setsFieldsAlone();
    } catch (IOException | RuntimeException e) {
      return false; // Nobody can tell.
    }
  }

  private static String descriptor(Class<?> type) {
    StringBuilder all = new StringBuilder("(");
    for (RecordComponent each : type.getRecordComponents()) {
      all.append(each.getType().descriptorString());
    }
    return all.append(")V").toString();
  }

  private boolean setsFieldsAlone() throws IOException {
    readConstants();
    in.skipNBytes(6); // Flags, the class, its superclass.
    in.skipNBytes(2L * in.readUnsignedShort()); // Interfaces.
    for (int fields = in.readUnsignedShort(); fields > 0; fields--) {
      in.skipNBytes(6);
      skipAttributes();
    }
    for (int methods = in.readUnsignedShort(); methods > 0; methods--) {
      in.skipNBytes(2);
      String name = texts[in.readUnsignedShort()];
      if (descriptor.equals(texts[in.readUnsignedShort()]) && name.equals("<init>")) {
        return isPlainCode();
      }
      skipAttributes();
    }
    return false;
  }

  private void readConstants() throws IOException {
    for (int i = 1; i < texts.length; i++) {
      int tag = in.readUnsignedByte();
      switch (tag) {
        case 1 -> texts[i] = in.readUTF();
        case 7, 8, 16, 19, 20 -> in.skipNBytes(2);
        case 15 -> in.skipNBytes(3);
        case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
        case 5, 6 -> {
          in.skipNBytes(8);
          i++; // They take two places.
        }
        default -> throw new IOException("constant of kind " + tag);
      }
    }
  }

  private void skipAttributes() throws IOException {
    for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
      in.skipNBytes(2);
      in.skipNBytes(Integer.toUnsignedLong(in.readInt()));
    }
  }

  private boolean isPlainCode() throws IOException {
    for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
      String name = texts[in.readUnsignedShort()];
      int length = in.readInt();
      if (name.equals("Code")) {
        in.skipNBytes(4); // Stack and locals.
        return isPlain(in.readNBytes(in.readInt()));
      }
      in.skipNBytes(Integer.toUnsignedLong(length));
    }
    return false;
  }

  /** That of {@code Record} is called, and each parameter is put into a field; nothing else. */
  private static boolean isPlain(byte[] code) {
    int calls = 0;
    for (int at = 0; at < code.length; ) {
      int operation = code[at] & 0xff;
      if (operation == INVOKESPECIAL) {
        calls++;
      }
      if (operation == INVOKESPECIAL || operation == PUTFIELD) {
        at += 3;
      } else if (operation >= ILOAD && operation < ILOAD + 5) {
        at += 2;
      } else if ((operation > ILOAD + 4 && operation <= ALOAD_3) || operation == RETURN) {
        at += 1;
      } else {
        return false;
      }
    }
    return calls == 1 && (code[0] & 0xff) == ALOAD_0;
  }
}
