package dev.poolwright.samples.jars;

import dev.poolwright.annotation.Async;
import dev.poolwright.annotation.PoolKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Looks into jars. Runs in worker JVMs, so that whatever is in them stays there. */
final class JarInspector {

  private JarInspector() {}

  @Async(pool = "jars", kind = PoolKind.PROCESS, timeout = "60s")
  static JarReport inspect(String file) throws IOException, NoSuchAlgorithmException {
    try (ZipFile jar = new ZipFile(file)) {
      ClassFileCount count = new ClassFileCount();
      for (ZipEntry entry : (Iterable<ZipEntry>) jar.stream().map(ZipEntry.class::cast)::iterator) {
        if (entry.getName().endsWith(".class")) {
          try (InputStream in = jar.getInputStream(entry)) {
            count.add(entry.getName(), in.readAllBytes());
          }
        }
      }
      return count.report(Path.of(file), jar.size(), sha256(Path.of(file)));
    }
  }

  /** Ends its worker JVM in the hardest way there is. */
  @Async(pool = "jars")
  static void crash() {
    Runtime.getRuntime().halt(42);
  }

  private static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
