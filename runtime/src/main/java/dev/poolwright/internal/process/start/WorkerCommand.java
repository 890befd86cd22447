package dev.poolwright.internal.process.start;

import dev.poolwright.annotation.setting.PoolSetting;
import dev.poolwright.internal.life.Guard;
import dev.poolwright.internal.pool.PoolSettings;
import dev.poolwright.internal.process.jvm.WorkerDirectory;
import dev.poolwright.internal.wire.PrivateDirectory;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The command line and environment of worker JVMs. The parent's own heap size, debugger and JMX
 * ports never reach them; system properties do, except for what a JVM says of itself.
 */
final class WorkerCommand {
  /** The name of a worker JVM, for those who look at processes. */
  private static final String NAME_PROPERTY = "poolwright.worker";

  /** What a JVM says of itself and sets by itself; each worker JVM says its own. */
  private static final Set<String> OWN_PROPERTIES =
      Set.of(
          "file.separator",
          "java.class.path",
          "java.class.version",
          "java.endorsed.dirs",
          "java.ext.dirs",
          "java.home",
          "java.version",
          "java.version.date",
          "jdk.debug",
          "line.separator",
          "native.encoding",
          "os.arch",
          "os.name",
          "os.version",
          "path.separator",
          "stderr.encoding",
          "stdin.encoding",
          "stdout.encoding",
          "sun.arch.data.model",
          "sun.boot.library.path",
          "sun.cpu.endian",
          "sun.cpu.isalist",
          "sun.io.unicode.encoding",
          "sun.jnu.encoding",
          "sun.management.compiler",
          "sun.os.patch.level",
          "sun.stderr.encoding",
          "sun.stdout.encoding",
          "user.dir",
          "poolwright.console", // The port is the application's.
          NAME_PROPERTY,
          PrivateDirectory.OUTER_PROPERTY);

  /** The same by groups; ports and files of its management; and this library's own pools. */
  private static final List<String> OWN_PREFIXES =
      List.of(
          "java.runtime.",
          "java.specification.",
          "java.vendor",
          "java.vm.",
          "jdk.module.",
          "sun.java.",
          "com.sun.management.",
          "poolwright.pools.");

  /** The launcher reads argument files in the platform's own encoding. */
  private static final Charset NATIVE = nativeCharset();

  private static final String GUICE_LOADING = "guice_custom_class_loading";

  private final PoolSettings settings;
  private final ClassPath classPath;
  private final InheritedOptions inherited = new InheritedOptions();
  private final Set<String> leftOut = ConcurrentHashMap.newKeySet(); // Each is told of once.

  /** With the directories of the pool, for what has to be unpacked. */
  WorkerCommand(PoolSettings settings, WorkerDirectory directory) {
    this.settings = settings;
    this.classPath = new ClassPath(settings, directory, NATIVE);
  }

  ClassPath classPath() {
    return classPath;
  }

  private String java() throws IOException {
    String named = settings.text(PoolSetting.JAVA);
    if (!named.isEmpty()) {
      return named;
    }
    Path own = Path.of(System.getProperty("java.home"), "bin", "java");
    if (!Files.exists(own) && !Files.exists(own.resolveSibling("java.exe"))) {
      throw new IOException(
          "there is no "
              + own
              + ", as in an image of jpackage; give jlink or jpackage the options of jlink without"
              + " --strip-native-commands, or name a java of the same version by the setting java");
    }
    return own.toString();
  }

  /**
   * Prepares a start.
   *
   * @param home where the argument file is, and what the worker JVM removes if it is orphaned
   * @param argumentFile is written; must stay until the worker JVM runs
   * @param origin whose class path it gets, as {@link ClassPath#origin} tells
   * @param arguments of the main class
   * @return not started
   */
  ProcessBuilder prepare(
      PrivateDirectory home,
      Path argumentFile,
      @Nullable ClassLoader origin,
      List<String> arguments)
      throws IOException {
    List<String> all = new ArrayList<>(options(argumentFile));
    all.addAll(inherited.words());
    all.addAll(properties());
    all.add("-D" + PrivateDirectory.OUTER_PROPERTY + "=" + home);
    all.addAll(settings.words(PoolSetting.JVM_ARGS));
    all.addAll(classPath.arguments(origin));
    all.addAll(arguments);
    return prepared(argumentFile, all);
  }

  /** What shows the name of a worker JVM in the list of processes. */
  static String named(String worker) {
    return "-D" + NAME_PROPERTY + "=" + worker;
  }

  private ProcessBuilder prepared(Path argumentFile, List<String> all) throws IOException {
    CharsetEncoder encoder = NATIVE.newEncoder();
    StringBuilder text = new StringBuilder();
    for (String each : all) {
      if (!encoder.canEncode(each)) {
        throw new IOException(
            "argument "
                + withoutSecret(each)
                + " has "
                + ClassPath.lettersNotIn(NATIVE)
                + "; set LC_ALL to a UTF-8 locale");
      }
      text.append(quoted(each)).append('\n');
    }
    PrivateDirectory.writeNew(argumentFile, text.toString().getBytes(NATIVE));
    ProcessBuilder builder = new ProcessBuilder(java(), "@" + argumentFile);
    Map<String, String> environment = builder.environment();
    InheritedOptions.VARIABLES.forEach(environment::remove); // Some are words by now.
    environment.remove("CLASSPATH");
    for (String variable : settings.words(PoolSetting.ENVIRONMENT)) {
      int equals = variable.indexOf('=');
      environment.put(variable.substring(0, equals), variable.substring(equals + 1));
    }
    return builder;
  }

  /** Where a JVM that was started with an argument file writes its report if it crashes. */
  static Path crashFile(Path argumentFile) {
    return argumentFile.resolveSibling(argumentFile.getFileName() + ".crash");
  }

  /** A property without its value. */
  private static String withoutSecret(String argument) {
    int equals = argument.startsWith("-D") ? argument.indexOf('=') : -1;
    return equals < 0 ? argument : argument.substring(0, equals);
  }

  private static Charset nativeCharset() {
    String name = System.getProperty("native.encoding");
    return name == null ? Charset.defaultCharset() : Charset.forName(name);
  }

  private static String quoted(String argument) {
    return '"'
        + argument
            .replace("\\", "\\\\")
            .replace("\"", "\\\"")
            .replace("\n", "\\n")
            .replace("\r", "\\r")
        + '"';
  }

  private List<String> options(Path argumentFile) {
    List<String> options = new ArrayList<>();
    int workers = settings.maxWorkers();
    int processors = Math.max(1, Runtime.getRuntime().availableProcessors() / workers);
    if (settings.words(PoolSetting.JVM_ARGS).stream().noneMatch(WorkerCommand::isCollector)
        && isSerialFast(processors)) {
      options.add("-XX:+UseSerialGC");
    }
    options.add("-XX:ActiveProcessorCount=" + processors);
    options.add("-XX:+ExitOnOutOfMemoryError");
    options.add("-XX:-UsePerfData"); // Its file would outlive a kill.
    options.add("-XX:+DisplayVMOutputToStderr");
    options.add("-Xlog:disable");
    options.add("-Xlog:all=warning:stderr");
    options.add("-Xshare:auto");
    options.add("-XX:ErrorFile=" + crashFile(argumentFile).toString().replace("%", "%%"));
    return options;
  }

  /**
   * Java 17 boots 10 ms sooner with G1, which alone takes the heap objects of the JDK's archive
   * (JDK-8273508), and which it chooses by itself where it has two processors and memory; with one
   * processor G1 makes code that writes to old objects several times slower.
   */
  private static boolean isSerialFast(int processors) {
    return Runtime.version().feature() > 17 || processors == 1;
  }

  private static boolean isCollector(String argument) {
    return argument.startsWith("-XX:+Use") && argument.endsWith("GC");
  }

  private List<String> properties() {
    CharsetEncoder encoder = NATIVE.newEncoder();
    List<String> properties = new ArrayList<>();
    Properties all = System.getProperties();
    for (String name : all.stringPropertyNames()) {
      String value = all.getProperty(name);
      if (value != null && isForWorkers(name)) {
        String property = "-D" + name + "=" + value;
        if (name.isEmpty() || name.indexOf('=') >= 0) {
          leaveOut(name, "a command line cannot name it");
        } else if (!encoder.canEncode(property)) {
          leaveOut(name, "it has " + ClassPath.lettersNotIn(NATIVE));
        } else {
          properties.add(property);
        }
      }
    }
    if (System.getProperty(GUICE_LOADING) == null) {
      // Guice's other ways make Java 24 and later warn of sun.misc.Unsafe.
      properties.add("-D" + GUICE_LOADING + "=CHILD");
    }
    for (String stream : List.of("stdout", "stderr")) {
      properties.add("-Dsun." + stream + ".encoding=UTF-8"); // Java 17
      properties.add("-D" + stream + ".encoding=UTF-8"); // Java 19 and later
    }
    return properties;
  }

  private void leaveOut(String name, String why) {
    if (leftOut.add(name)) {
      Guard.log(
          System.Logger.Level.WARNING,
          "worker JVMs do not get the system property \"" + name + "\": " + why);
    }
  }

  private static boolean isForWorkers(String name) {
    if (OWN_PROPERTIES.contains(name)) {
      return false;
    }
    for (String prefix : OWN_PREFIXES) { // No stream: this is part of each start.
      if (name.startsWith(prefix)) {
        return false;
      }
    }
    return true;
  }
}
