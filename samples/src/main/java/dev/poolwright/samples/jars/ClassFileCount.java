package dev.poolwright.samples.jars;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Counts the class files of one jar. Confined to one thread. */
final class ClassFileCount {

  /** JVMS 4.1: a class file begins with this. */
  private static final int MAGIC = 0xCAFEBABE;

  /** JVMS 4.1, table 4.1-A: Java 1.1 is 45, and each release adds one. */
  private static final int MAJOR_BEFORE_JAVA_1 = 44;

  private int classes;
  private int newestJava;
  private String largestClass = "";
  private int largestBytes;

  void add(String name, byte[] bytes) {
    ByteBuffer header = ByteBuffer.wrap(bytes);
    if (bytes.length < 8 || header.getInt() != MAGIC) {
      return;
    }
    classes++;
    newestJava = Math.max(newestJava, header.getShort(6) - MAJOR_BEFORE_JAVA_1);
    if (bytes.length > largestBytes) {
      largestBytes = bytes.length;
      largestClass = name;
    }
  }

  JarReport report(Path file, int entries, String sha256) throws IOException {
    return new JarReport(
        Files.size(file),
        sha256,
        entries,
        classes,
        newestJava,
        largestClass,
        largestBytes,
        ProcessHandle.current().pid());
  }
}
