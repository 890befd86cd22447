package dev.poolwright.internal.cluster;

import dev.poolwright.spi.Call;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;

/**
 * What tells the generated calls of one build from those of another: the names of all proxies that
 * the compiler listed, and of each call its class, arguments and result.
 */
final class Fingerprint {
  /** As the processor writes it: a proxy a line, by the first word. */
  private static final String PROXIES = "META-INF/poolwright/proxies";

  private Fingerprint() {}

  /**
   * Takes it.
   *
   * @param loader knows the classes of the application
   * @return 16 hexadecimal digits
   */
  static String of(ClassLoader loader) {
    MessageDigest digest = sha256();
    for (String proxy : proxies(loader)) {
      add(digest, proxy);
      addCalls(digest, proxy, loader);
    }
    return HexFormat.of().formatHex(digest.digest(), 0, 8);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // Every JDK has it.
    }
  }

  private static void add(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) '\n');
  }

  private static Set<String> proxies(ClassLoader loader) {
    Set<String> names = new TreeSet<>();
    try {
      for (Enumeration<URL> lists = loader.getResources(PROXIES); lists.hasMoreElements(); ) {
        URLConnection list = lists.nextElement().openConnection();
        list.setUseCaches(false);
        try (InputStream in = list.getInputStream()) {
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .map(line -> line.split(" ", 2)[0])
              .filter(name -> !name.isBlank())
              .forEach(names::add);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the lists of proxies cannot be read", e);
    }
    return names;
  }

  private static void addCalls(MessageDigest digest, String proxy, ClassLoader loader) {
    try {
      Class<?>[] calls = Class.forName(proxy, false, loader).getDeclaredClasses();
      Arrays.sort(calls, Comparator.comparing(Class::getName));
      for (Class<?> call : calls) {
        if (Call.class.isAssignableFrom(call)) {
          addCall(digest, call);
        }
      }
    } catch (ClassNotFoundException | LinkageError e) {
      add(digest, "unknown"); // A proxy whose classes are not all here cannot be called anyway.
    }
  }

  private static void addCall(MessageDigest digest, Class<?> call) {
    add(digest, call.getName());
    for (Type each : call.getGenericInterfaces()) {
      add(digest, each.getTypeName());
    }
    if (call.isRecord()) {
      for (RecordComponent each : call.getRecordComponents()) {
        add(digest, each.getName() + ' ' + each.getGenericType().getTypeName());
      }
    }
  }
}
