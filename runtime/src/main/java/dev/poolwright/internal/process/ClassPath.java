package dev.poolwright.internal.process;

import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a worker JVM finds its classes: the parent's module path or class path, and the URLs of its
 * class loaders, as under {@code mvn exec:java} or Surefire; all absolute. A manifest-only jar
 * works as it is. This library's own jar comes first, since a JVM opens every jar before the one
 * that has a class, a millisecond each, and what a worker loads first is all in there.
 */
final class ClassPath {
  private static final String MAIN = "dev.poolwright.internal.worker.WorkerMain";

  private static final String OWN_JAR = "poolwright-runtime-";

  private ClassPath() {}

  /** The arguments from the paths up to and with the main class. */
  static List<String> arguments() {
    Module own = ClassPath.class.getModule();
    String modulePath = System.getProperty("jdk.module.path");
    String classPath = classPath();
    if (own.isNamed() && modulePath != null) {
      return List.of(
          "--module-path",
          absolute(modulePath),
          "--add-modules",
          "ALL-MODULE-PATH",
          "-classpath",
          classPath,
          "--module",
          own.getName() + "/" + MAIN);
    }
    return List.of("-classpath", classPath, MAIN);
  }

  private static String classPath() {
    Set<String> entries = new LinkedHashSet<>();
    String jar = ownJar();
    if (jar != null) {
      entries.add(jar);
    }
    addUrls(ClassPath.class.getClassLoader(), entries);
    addUrls(Thread.currentThread().getContextClassLoader(), entries);
    String own = System.getProperty("java.class.path", "");
    if (!own.isEmpty()) {
      entries.addAll(List.of(absolute(own).split(File.pathSeparator)));
    }
    return String.join(File.pathSeparator, entries);
  }

  /**
   * The jar of this library, which is the first of the class path: not on a module path, and not
   * one that was made of several, since what else is in there has its place in the order.
   *
   * @return null where there is none
   */
  static @Nullable String ownJar() {
    CodeSource source = ClassPath.class.getProtectionDomain().getCodeSource();
    URL location = source == null ? null : source.getLocation();
    String path = location == null ? null : path(location);
    boolean isOwn =
        path != null
            && !ClassPath.class.getModule().isNamed()
            && path.endsWith(".jar")
            && new File(path).getName().startsWith(OWN_JAR);
    return isOwn ? path : null;
  }

  private static void addUrls(@Nullable ClassLoader loader, Set<String> entries) {
    for (ClassLoader each = loader; each != null; each = each.getParent()) {
      if (each instanceof URLClassLoader urls) {
        for (URL url : urls.getURLs()) {
          String path = path(url);
          if (path != null) {
            entries.add(path);
          }
        }
      }
    }
  }

  private static @Nullable String path(URL url) {
    try {
      return "file".equals(url.getProtocol()) ? Path.of(url.toURI()).toString() : null;
    } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
      return null; // Not a path of this machine: the worker JVM could not use it either.
    }
  }

  private static String absolute(String paths) {
    StringBuilder all = new StringBuilder();
    for (String path : paths.split(File.pathSeparator, -1)) {
      all.append(all.isEmpty() ? "" : File.pathSeparator).append(Path.of(path).toAbsolutePath());
    }
    return all.toString();
  }
}
