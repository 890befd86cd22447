package dev.poolwright.internal.process;

import dev.poolwright.annotation.setting.PoolSetting;
import dev.poolwright.internal.task.PoolSettings;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the worker JVMs of one pool find their classes: what the pool's class-path says; else the
 * parent's module path or class path, and the URLs of its class loaders, as under {@code mvn
 * exec:java} or Surefire, unpacked where they are in a jar; all absolute. A manifest-only jar works
 * as it is. This library's own jar comes first, since a JVM opens every jar before the one that has
 * a class, a millisecond each, and what a worker loads first is all in there.
 *
 * <p><b>Threads:</b> thread-safe.
 */
final class ClassPath {
  private static final String MAIN = "dev.poolwright.internal.worker.WorkerMain";

  private static final String OWN_JAR = "poolwright-runtime-";

  private final List<String> named;
  private final UnpackedJars unpacked;

  ClassPath(PoolSettings settings, WorkerDirectory directory) {
    this.unpacked = new UnpackedJars(directory);
    this.named = settings.words(PoolSetting.CLASS_PATH);
  }

  /**
   * The arguments from the paths up to and with the main class.
   *
   * @throws IOException when what is packed cannot be unpacked
   */
  List<String> arguments() throws IOException {
    if (!named.isEmpty()) {
      return List.of("-classpath", absolute(String.join(File.pathSeparator, named)), MAIN);
    }
    Module own = ClassPath.class.getModule();
    String modulePath = System.getProperty("jdk.module.path");
    String problem = problem(ClassPath.class);
    if (problem != null) {
      throw new IOException(problem);
    }
    String classPath = String.join(File.pathSeparator, entries());
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

  private Set<String> entries() throws IOException {
    Set<String> entries = new LinkedHashSet<>();
    String jar = ownJar();
    if (jar != null) {
      entries.add(jar);
    }
    List<URL> urls = new ArrayList<>(urls(ClassPath.class.getClassLoader()));
    urls.addAll(urls(Thread.currentThread().getContextClassLoader()));
    for (URL url : urls) {
      String path = unpacked.path(url);
      if (path != null) {
        entries.add(path);
      }
    }
    String own = System.getProperty("java.class.path", "");
    if (!own.isEmpty()) {
      entries.addAll(List.of(absolute(own).split(File.pathSeparator)));
    }
    return entries;
  }

  /**
   * The jar of this library, which is the first of the class path: not on a module path, and not
   * one that was made of several, since what else is in there has its place in the order.
   *
   * @return null where there is none
   */
  @Nullable String ownJar() throws IOException {
    CodeSource source = ClassPath.class.getProtectionDomain().getCodeSource();
    URL location = source == null ? null : source.getLocation();
    if (location == null || !named.isEmpty() || ClassPath.class.getModule().isNamed()) {
      return null;
    }
    String path = unpacked.path(location);
    boolean isOwn =
        path != null && path.endsWith(".jar") && new File(path).getName().startsWith(OWN_JAR);
    return isOwn ? path : null;
  }

  /**
   * Why a worker JVM would not find a class of the parent's.
   *
   * @param type any
   * @return null when it would, as far as can be told
   */
  @Nullable String problem(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    String file = type.getName().replace('.', '/') + ".class";
    if (!named.isEmpty()
        || type.isHidden()
        || type.getModule().isNamed()
        || loader == null
        || ClassLoader.getSystemResource(file) != null) {
      return null;
    }
    for (ClassLoader each = loader; each != null; each = each.getParent()) {
      if (each instanceof URLClassLoader urls
          && urls.findResource(file) != null
          && List.of(urls.getURLs()).stream().anyMatch(UnpackedJars::isKnown)) {
        return null;
      }
    }
    return type.getName()
        + " is loaded by a "
        + loader.getClass().getName()
        + ", and a worker JVM cannot read where that reads; say by class-path in which jars and"
        + " folders all classes are";
  }

  private static List<URL> urls(@Nullable ClassLoader loader) {
    List<URL> all = new ArrayList<>();
    for (ClassLoader each = loader; each != null; each = each.getParent()) {
      if (each instanceof URLClassLoader urls) {
        all.addAll(List.of(urls.getURLs()));
      }
    }
    return all;
  }

  /** Wildcards stay, which are no paths everywhere. */
  private static String absolute(String paths) {
    StringBuilder all = new StringBuilder();
    for (String path : paths.split(File.pathSeparator, -1)) {
      all.append(all.isEmpty() ? "" : File.pathSeparator).append(new File(path).getAbsolutePath());
    }
    return all.toString();
  }
}
