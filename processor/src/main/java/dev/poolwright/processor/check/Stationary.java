package dev.poolwright.processor.check;

import java.util.List;

/**
 * The types whose values belong to one JVM, with all their subtypes, each with the reason and with
 * what to pass instead. The first that fits counts.
 *
 * @param name the qualified name of the type
 */
record Stationary(String name, String reason, String remedy) {

  static final List<Stationary> ALL =
      List.of(
          one("java.lang.Thread", "a Thread lives in one JVM", "Pass its name or id"),
          one("java.lang.ThreadGroup", "a ThreadGroup lives in one JVM", "Pass its name"),
          one("java.lang.ThreadLocal", "a ThreadLocal lives in one JVM", "Pass its value"),
          one("java.lang.ClassLoader", "a ClassLoader lives in one JVM", "Pass class names"),
          one("java.lang.Process", "a Process belongs to the JVM that started it", "Pass its pid"),
          one("java.lang.ref.Reference", "a Reference is to this heap", "Pass what it refers to"),
          one("java.io.InputStream", "a stream is open in one JVM", "Pass the bytes, or a File"),
          one("java.io.OutputStream", "a stream is open in one JVM", "Return the bytes"),
          one("java.io.Reader", "a reader is open in one JVM", "Pass the text, or a File"),
          one("java.io.Writer", "a writer is open in one JVM", "Return the text"),
          one("java.io.RandomAccessFile", "a file is open in one JVM", "Pass a File"),
          one("java.io.FileDescriptor", "a file is open in one JVM", "Pass a File"),
          one("java.nio.channels.Channel", "a channel is open in one JVM", "Pass a File or bytes"),
          one("java.nio.Buffer", "a buffer is memory of one JVM", "Pass a byte[]"),
          one(
              "java.nio.file.Path",
              "a Path belongs to the file system of one JVM",
              "Pass a File, a URI or a String"),
          one("java.net.Socket", "a socket is open in one JVM", "Pass its address"),
          one("java.net.ServerSocket", "a socket is open in one JVM", "Pass its address"),
          one("java.net.DatagramSocket", "a socket is open in one JVM", "Pass its address"),
          one("java.sql.Connection", "a connection is open in one JVM", "Open it in the method"),
          one("java.sql.Statement", "a statement is open in one JVM", "Open it in the method"),
          one("java.sql.ResultSet", "a result set is open in one JVM", "Pass a List of its rows"),
          one("javax.sql.DataSource", "a DataSource lives in one JVM", "Open it in the method"),
          one("java.util.concurrent.locks.Lock", "a lock holds in one JVM", "Lock in the caller"),
          one("java.util.concurrent.Executor", "an executor runs in one JVM", "Make it there"),
          one("java.util.concurrent.Future", "a future ends in one JVM", "Pass its result"),
          one("java.util.concurrent.CompletionStage", "a stage ends in one JVM", "Pass its result"),
          one("java.util.stream.BaseStream", "a stream is lazy in one JVM", "Pass a List"),
          one("java.util.Iterator", "an iterator is a place in one JVM", "Pass a List"),
          one("java.util.Scanner", "a scanner is open in one JVM", "Pass the text"));

  private static Stationary one(String name, String reason, String remedy) {
    return new Stationary(name, reason, remedy + " instead");
  }
}
