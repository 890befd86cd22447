package dev.poolwright.internal.process.start;

import dev.poolwright.internal.life.Guard;
import dev.poolwright.internal.life.HelperThread;
import dev.poolwright.internal.life.Threads;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * The options of this JVM that change what code may do, and that worker JVMs get: modules and what
 * they open, previews, native access, assertions, finalizers, more classes of the boot loader; of
 * the command line, of its files and environment, and of the manifest of an executable jar. A list
 * of what is allowed, so that no agent, port or heap size is ever among them.
 *
 * <p><b>Threads:</b> thread-safe.
 *
 * <p><b>Source:</b> asking the JVM for its options takes 30 to 45 ms once, for the classes of
 * java.management. So it is asked only where the command line may have one of these, and beside
 * what goes on before the first worker.
 */
final class InheritedOptions {
  private static final List<String> ALLOWED =
      List.of(
          "--add-opens",
          "--add-exports",
          "--add-reads",
          "--add-modules",
          "--patch-module",
          "--enable-preview",
          "--enable-native-access",
          "--illegal-native-access",
          "--sun-misc-unsafe-memory-access",
          "--enable-final-field-mutation",
          "--illegal-final-field-mutation",
          "--finalization",
          InheritedOptions.BOOT,
          "-ea",
          "-da",
          "-esa",
          "-dsa",
          "-enableassertions",
          "-disableassertions",
          "-enablesystemassertions",
          "-disablesystemassertions");

  /** How words begin behind which there may be others. */
  private static final List<String> ELSEWHERE = List.of("@", "-XX:Flags=", "-XX:VMOptionsFile=");

  /** From which every JVM takes options. */
  static final List<String> VARIABLES =
      List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS");

  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");
  private static final String PATCH = "--patch-module=";
  private static final String BOOT = "-Xbootclasspath/a:";

  private final @Nullable Thread reader;
  private volatile @Nullable List<String> options; // Written once.

  /** Begins to read them, where there may be some. */
  InheritedOptions() {
    boolean isAsked = mayHaveSome();
    String jar = executableJar();
    if (!isAsked && jar == null) {
      reader = null;
      options = List.of();
      return;
    }
    Thread started = new HelperThread("poolwright-options", () -> options = read(isAsked, jar));
    try {
      started.start();
    } catch (OutOfMemoryError e) {
      started = null; // There is no thread to be had: the first start reads them.
    }
    reader = started;
  }

  /** Each in one word; paths are absolute. Waits until they are read. */
  List<String> words() {
    if (reader != null) {
      Threads.join(reader);
    }
    List<String> known = options;
    if (known == null) {
      known = read(mayHaveSome(), executableJar());
      options = known;
    }
    return known;
  }

  private static boolean mayHaveSome() {
    for (String variable : VARIABLES) {
      String value = System.getenv(variable);
      if (value != null && isCandidateIn(value.split("\\s+"))) {
        return true;
      }
    }
    try {
      String line = Files.readString(COMMAND_LINE, Charset.forName("ISO-8859-1"));
      String[] words = line.split("\0");
      boolean isLauncher = words[0].equals("java") || words[0].endsWith("/java");
      return !isLauncher || isCandidateIn(words); // Other launchers have files of their own.
    } catch (IOException | RuntimeException e) {
      return true; // Not Linux.
    }
  }

  private static boolean isCandidateIn(String[] words) {
    for (String word : words) {
      if (isOne(word, ALLOWED) || isOne(word, ELSEWHERE)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOne(String word, List<String> beginnings) {
    for (String beginning : beginnings) {
      if (word.startsWith(beginning)) {
        return true;
      }
    }
    return false;
  }

  private static List<String> read(boolean isAsked, @Nullable String jar) {
    List<String> all = new ArrayList<>();
    if (jar != null) {
      addOfManifest(Path.of(jar), all);
    }
    if (isAsked) {
      addOfCommandLine(all);
    }
    return List.copyOf(all);
  }

  private static void addOfCommandLine(List<String> all) {
    try {
      for (String word : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
        if (isOne(word, ALLOWED)) {
          if (word.startsWith("--add-modules")) {
            addModulePath(all);
          }
          all.add(absolute(word));
        }
      }
    } catch (LinkageError e) {
      Guard.log(
          System.Logger.Level.WARNING,
          "worker JVMs do not get options such as --add-opens of this JVM, which has no module"
              + " java.management; name them in jvm-args");
    }
  }

  /** Where added modules are found; on a module path, workers have it in any case. */
  private static void addModulePath(List<String> all) {
    String path = System.getProperty("jdk.module.path");
    if (path != null && !InheritedOptions.class.getModule().isNamed()) {
      all.add("--module-path=" + joined(path));
    }
  }

  private static String absolute(String word) {
    int start =
        word.startsWith(PATCH)
            ? word.indexOf('=', PATCH.length()) + 1
            : word.startsWith(BOOT) ? BOOT.length() : word.length();
    return start == word.length() ? word : word.substring(0, start) + joined(word.substring(start));
  }

  private static String joined(String paths) {
    return String.join(File.pathSeparator, ClassPath.absolute(paths));
  }

  /** The jar of {@code java -jar}; null when this JVM was launched otherwise. */
  private static @Nullable String executableJar() {
    String path = System.getProperty("java.class.path", "");
    String command = System.getProperty("sun.java.command", "");
    boolean isJar = !path.isEmpty() && (command.equals(path) || command.startsWith(path + " "));
    return isJar && new File(path).isFile() ? path : null;
  }

  private static void addOfManifest(Path jar, List<String> all) {
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest manifest = file.getManifest();
      if (manifest != null) {
        Attributes attributes = manifest.getMainAttributes();
        addAll(attributes.getValue("Add-Exports"), "--add-exports=", all);
        addAll(attributes.getValue("Add-Opens"), "--add-opens=", all);
        String access = attributes.getValue("Enable-Native-Access");
        if (access != null) {
          all.add("--enable-native-access=" + access.strip());
        }
      }
    } catch (IOException e) {
      // Whoever runs it without its file has no manifest to go by.
    }
  }

  private static void addAll(@Nullable String packages, String option, List<String> all) {
    if (packages != null) {
      for (String each : packages.strip().split("\\s+", -1)) {
        all.add(option + each + "=ALL-UNNAMED");
      }
    }
  }
}
