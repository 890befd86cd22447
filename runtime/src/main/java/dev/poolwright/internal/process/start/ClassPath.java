package dev.poolwright.internal.process.start;

import dev.poolwright.annotation.setting.PoolSetting;
import dev.poolwright.internal.life.Guard;
import dev.poolwright.internal.pool.PoolSettings;
import dev.poolwright.internal.process.jvm.WorkerDirectory;
import java.io.File;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.Charset;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the worker JVMs of one pool find their classes: what the pool's class-path says; else the
 * parent's module path or class path, and the URLs of the class loader of what is called and of its
 * parents, as under {@code mvn exec:java} or Surefire, in the order that they are asked in;
 * unpacked where they are in a jar; all absolute. A manifest-only jar works as it is. This
 * library's own jar comes first, since a JVM opens every jar before the one that has a class, a
 * millisecond each, and what a worker loads first is all in there.
 *
 * <p><b>Threads:</b> thread-safe.
 */
final class ClassPath {
  private static final String MAIN = "dev.poolwright.internal.worker.WorkerMain";

  private static final String OWN_FILE = fileOf(ClassPath.class);

  private static final String OWN_JAR = "poolwright-runtime-";

  private final List<String> named;
  private final UnpackedJars unpacked;

  private final Charset charset;
  private final Set<String> leftOut = ConcurrentHashMap.newKeySet(); // Each is told of once.

  /**
   * Nothing is unpacked.
   *
   * @param charset what an argument can have letters of
   */
  ClassPath(PoolSettings settings, WorkerDirectory directory, Charset charset) {
    this.charset = charset;
    this.unpacked = new UnpackedJars(directory);
    this.named = settings.words(PoolSetting.CLASS_PATH);
  }

  /**
   * What tells workers of different class paths apart: the class loader with URLs that a class is
   * loaded by, or its nearest parent that is one.
   *
   * @param loader of what is called; null when nothing is so far
   * @return null where there is only one class path
   */
  @Nullable ClassLoader origin(@Nullable ClassLoader loader) {
    if (!named.isEmpty()) {
      return null;
    }
    ClassLoader each = loader == null ? ClassPath.class.getClassLoader() : loader;
    while (each != null && !(each instanceof URLClassLoader)) {
      each = each.getParent();
    }
    return each;
  }

  /**
   * The arguments from the paths up to and with the main class. An entry that no worker JVM could
   * be told of is left out where this JVM cannot open it either: then nothing is lost.
   *
   * @param origin as {@link #origin} tells
   * @throws IOException when what is packed cannot be unpacked
   */
  List<String> arguments(@Nullable ClassLoader origin) throws IOException {
    if (!named.isEmpty()) {
      return List.of(
          "-classpath",
          String.join(File.pathSeparator, usable(String.join(File.pathSeparator, named))),
          MAIN);
    }
    Module own = ClassPath.class.getModule();
    String modulePath = System.getProperty("jdk.module.path");
    String problem = problem(ClassPath.class);
    if (problem != null) {
      throw new IOException(problem);
    }
    String classPath = String.join(File.pathSeparator, entries(origin));
    if (own.isNamed()) {
      return moduleArguments(own, modulePath, classPath);
    }
    return List.of("-classpath", classPath, MAIN);
  }

  /** Modules of an image are on no path; those that its program needs are named by its own. */
  private List<String> moduleArguments(Module own, @Nullable String modulePath, String classPath) {
    List<String> all = new ArrayList<>();
    if (modulePath != null) {
      all.addAll(List.of("--module-path", String.join(File.pathSeparator, usable(modulePath))));
      all.addAll(List.of("--add-modules", "ALL-MODULE-PATH"));
    }
    String main = System.getProperty("jdk.module.main");
    if (main != null) {
      all.addAll(List.of("--add-modules", main));
    }
    all.addAll(List.of("-classpath", classPath, "--module", own.getName() + "/" + MAIN));
    return all;
  }

  private Set<String> entries(@Nullable ClassLoader origin) throws IOException {
    Set<String> entries = new LinkedHashSet<>();
    String jar = ownJar();
    if (jar != null) {
      entries.add(jar);
    }
    entries.addAll(entriesOf(origin));
    entries.addAll(entriesOf(ClassPath.class.getClassLoader()));
    entries.addAll(entriesOf(ClassLoader.getSystemClassLoader()));
    return entries;
  }

  /** In the order that a loader and its parents are asked in. */
  private List<String> entriesOf(@Nullable ClassLoader loader) throws IOException {
    List<String> own = new ArrayList<>();
    if (loader == null) {
      return own;
    }
    if (loader == ClassLoader.getSystemClassLoader()) {
      String paths = System.getProperty("java.class.path", "");
      if (!paths.isEmpty()) {
        own.addAll(usable(paths));
      }
    } else if (loader instanceof URLClassLoader urls) {
      for (URL url : urls.getURLs()) {
        String path = unpacked.path(url);
        if (path != null && !isUseless(path)) {
          own.add(path);
        }
      }
    }
    List<String> all = entriesOf(loader.getParent());
    all.addAll(isOwnFirst(loader) ? 0 : all.size(), own);
    return all;
  }

  /**
   * Whether a loader asks itself before its parent, as those of web applications do. Only what both
   * have can tell: a manifest, as nearly every jar has one, and this library.
   */
  private static boolean isOwnFirst(ClassLoader loader) {
    ClassLoader parent = loader.getParent();
    if (parent == null || !(loader instanceof URLClassLoader urls)) {
      return false;
    }
    URL own = urls.findResource(JarFile.MANIFEST_NAME);
    URL parents = parent.getResource(JarFile.MANIFEST_NAME);
    boolean areTwo = own != null && parents != null && !own.toString().equals(parents.toString());
    return (areTwo
            && own.toString().equals(String.valueOf(urls.getResource(JarFile.MANIFEST_NAME))))
        || (ClassPath.class.getClassLoader() == loader && parent.getResource(OWN_FILE) != null);
  }

  /**
   * The jar of this library, which is the first of the class path: not on a module path, and not
   * one that was made of several, since what else is in there has its place in the order.
   *
   * @return null where there is none
   */
  private @Nullable String ownJar() throws IOException {
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
    String file = fileOf(type);
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

  private static String fileOf(Class<?> type) {
    return type.getName().replace('.', '/') + ".class";
  }

  /** Wildcards stay, which are no paths everywhere. */
  static List<String> absolute(String paths) {
    return Stream.of(paths.split(File.pathSeparator, -1))
        .map(path -> new File(path).getAbsolutePath())
        .toList();
  }

  private List<String> usable(String paths) {
    return absolute(paths).stream().filter(path -> !isUseless(path)).toList();
  }

  private boolean isUseless(String path) {
    if (charset.newEncoder().canEncode(path) || new File(path).exists()) {
      return false;
    }
    if (leftOut.add(path)) {
      Guard.log(
          Level.WARNING,
          "worker JVMs do not get "
              + path
              + " of the class path: it cannot be opened, since it has "
              + lettersNotIn(charset));
    }
    return true;
  }

  /** What a text has that no worker JVM can be told. */
  static String lettersNotIn(Charset charset) {
    return "letters that the encoding of this system (" + charset + ") lacks";
  }
}
