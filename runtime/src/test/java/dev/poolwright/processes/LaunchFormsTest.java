package dev.poolwright.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.poolwright.Pools;
import dev.poolwright.annotation.Async;
import dev.poolwright.internal.LeavesNothingBehind;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryManagerMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * However a program is launched, its worker JVMs find their classes, and neither JVM warns of
 * anything: all that the program prints is its own line.
 */
@Timeout(180)
@ExtendWith(LeavesNothingBehind.class)
class LaunchFormsTest {
  private static final String MAIN = LaunchedProgram.class.getName();

  @TempDir Path temp;

  private static List<Path> homes() {
    return Stream.of(LaunchedProgram.class, Pools.class, Async.class)
        .map(PackedClasses::home)
        .distinct()
        .toList();
  }

  private void assertRuns(String... arguments) throws Exception {
    assertThat(run("C.UTF-8", arguments))
        .isEqualTo("ran in a worker JVM: true" + System.lineSeparator());
  }

  /** What it says by a locale. */
  private String run(String locale, String... arguments) throws Exception {
    return run(Path.of(System.getProperty("java.home")), locale, arguments);
  }

  private String run(Path home, String locale, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin").resolve("java").toString());
    command.add("-Xmx64m");
    command.addAll(List.of(arguments));
    Path out = temp.resolve("out.txt");
    ProcessBuilder builder = new ProcessBuilder(command).directory(temp.toFile());
    builder.environment().put("LC_ALL", locale);
    builder.environment().keySet().removeIf(name -> name.endsWith("JAVA_OPTIONS"));
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process process = builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
    int exitCode = process.waitFor();
    String text = Files.readString(out, StandardCharsets.UTF_8);
    assertThat(exitCode).as(text).isZero();
    return text;
  }

  private static void compile(String... arguments) {
    List<String> all = new ArrayList<>(List.of("-proc:none"));
    all.addAll(List.of(arguments));
    int exitCode =
        ToolProvider.getSystemJavaCompiler().run(null, null, null, all.toArray(String[]::new));
    assertThat(exitCode).isZero();
  }

  private Path named(String name) {
    try {
      return temp.resolve(name + " \u00e4\u6f22");
    } catch (InvalidPathException e) {
      return temp.resolve(name + " of a JVM that knows ASCII alone");
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : (Iterable<Path>) all::iterator) {
        Path target = to.resolve(from.relativize(each).toString());
        if (Files.isDirectory(each)) {
          Files.createDirectories(target);
        } else if (!Files.exists(target)) {
          Files.copy(each, target);
        }
      }
    }
  }

  private Path allClasses() throws IOException {
    Path classes = named("classes");
    unpackAll(classes);
    return classes;
  }

  /** The tests' classes and this library's. */
  static void unpackAll(Path classes) throws IOException {
    for (Path home : homes()) {
      if (Files.isDirectory(home)) {
        copy(home, classes);
      } else {
        try (FileSystem jar = FileSystems.newFileSystem(home)) {
          copy(jar.getPath("/"), classes);
        }
      }
    }
    Files.deleteIfExists(classes.resolve("META-INF").resolve("MANIFEST.MF"));
  }

  @Test
  @DisplayName("a relative directory with a space and other letters in its name")
  void runsFromDirectories() throws Exception {
    Path directory = Files.createDirectories(named("tmp"));
    assertRuns(
        "-Djava.io.tmpdir=" + directory, "-cp", temp.relativize(allClasses()).toString(), MAIN);
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  @DisplayName("a jar whose name the locale has no letters for, so that neither JVM can open it")
  void runsWithoutAJarThatCannotBeNamed() throws Exception {
    Path jar = Files.createDirectories(temp.resolve("lib")).resolve("gr\u00f6\u00dfe.jar");
    PackedClasses.pack(
        Files.createDirectories(temp.resolve("empty")), PackedClasses.manifest(), jar);
    Path classes = temp.resolve("classes");
    unpackAll(classes);
    String path = classes + File.pathSeparator + temp.resolve("lib") + "/*";
    assertThat(run("C", "-cp", path, MAIN))
        .contains("ran in a worker JVM: true")
        .contains("worker JVMs do not get " + temp.resolve("lib"));
  }

  @Test
  @DisplayName("a jar with everything in it, by java -jar")
  void runsFromAFatJar() throws Exception {
    Path classes = allClasses();
    Path jar = named("fat");
    Manifest manifest = PackedClasses.manifest();
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, MAIN);
    PackedClasses.pack(classes, manifest, jar);
    assertRuns("-jar", temp.relativize(jar).toString());
  }

  @Test
  @DisplayName("a class path of jars, ours the last of them: in a worker JVM it is the first")
  void runsFromJars() throws Exception {
    Path jar = temp.resolve("poolwright-runtime-1.2.3.jar");
    PackedClasses.pack(allClasses(), PackedClasses.manifest(), jar);
    Path program = temp.resolve("LaunchedProgram.java");
    Files.writeString(
        program,
        """
        import dev.poolwright.Job;
        import dev.poolwright.Pools;
        import dev.poolwright.ProcessPoolConfig;

        class LaunchedProgram {
          public static void main(String[] args) {
            String own = System.getProperty("java.class.path");
            Job<String> path = () -> System.getProperty("java.class.path");
            try (Pools pools =
                Pools.builder().pool(ProcessPoolConfig.named("cpu").maxWorkers(1)).build()) {
              String there = pools.pool("cpu").submit(path).join();
              String jar = own.substring(own.lastIndexOf(java.io.File.pathSeparator) + 1);
              boolean isFirst = there.startsWith(jar) && there.lastIndexOf(jar) == 0;
              System.out.println("ran in a worker JVM: " + (isFirst ? "true" : there));
            }
          }
        }
        """);
    Path classes = temp.resolve("app classes");
    compile("-d", classes.toString(), "-classpath", jar.toString(), program.toString());
    List<Object> entries = new ArrayList<>(List.of(classes));
    entries.addAll(PackedClasses.libraries());
    entries.add(jar);
    assertRuns("-cp", PackedClasses.path(entries), "LaunchedProgram");
  }

  @Test
  @DisplayName("a jar with nothing but a manifest that names the class path, as Surefire makes one")
  void runsFromAManifestOnlyJar() throws Exception {
    Path jar = temp.resolve("only manifest.jar");
    Manifest manifest = PackedClasses.manifest();
    String urls =
        homes().stream().map(home -> home.toUri().toString()).collect(Collectors.joining(" "));
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, urls);
    try (OutputStream file = Files.newOutputStream(jar)) {
      new JarOutputStream(file, manifest).close();
    }
    assertRuns("-cp", jar.toString(), MAIN);
  }

  @Test
  @DisplayName("a class loader with URLs, as mvn exec:java makes one")
  void runsFromAUrlClassLoader() throws Exception {
    Path source = temp.resolve("Starts.java");
    Files.writeString(
        source,
        """
        import java.net.URL;
        import java.net.URLClassLoader;
        import java.nio.file.Path;

        class Starts {
          public static void main(String[] args) throws Exception {
            URL[] urls = new URL[args.length - 1];
            for (int i = 1; i < args.length; i++) {
              urls[i - 1] = Path.of(args[i]).toUri().toURL();
            }
            URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
            Thread.currentThread().setContextClassLoader(loader);
            loader.loadClass(args[0]).getMethod("main", String[].class).invoke(null, (Object) null);
          }
        }
        """);
    List<String> arguments = new ArrayList<>(List.of(source.toString(), MAIN));
    arguments.add(allClasses().toString());
    assertRuns(arguments.toArray(String[]::new));
  }

  /** Compiles a module named app, whose program is Program. */
  private Path module(String info, String program) throws IOException {
    assumeTrue(Files.exists(PackedClasses.home(Pools.class).resolve("module-info.class")));
    Path source = Files.createDirectories(temp.resolve("src"));
    Path module = Files.writeString(source.resolve("module-info.java"), info);
    Path file = Files.writeString(source.resolve("Program.java"), program);
    Path classes = temp.resolve("app classes");
    compile("-d", classes.toString(), "-p", modules(), module.toString(), file.toString());
    return classes;
  }

  private static String modules() {
    return PackedClasses.path(
        List.of(
            PackedClasses.home(Pools.class),
            PackedClasses.home(Async.class),
            PackedClasses.path(PackedClasses.libraries())));
  }

  private static final String PROGRAM =
      """
      package app;

      import dev.poolwright.Pools;
      import dev.poolwright.ProcessPoolConfig;

      class Program {
        public static void main(String[] args) {
          long own = ProcessHandle.current().pid();
          try (Pools pools =
              Pools.builder().pool(ProcessPoolConfig.named("cpu").maxWorkers(1)).build()) {
            boolean isElsewhere =
                pools.pool("cpu").submit(() -> ProcessHandle.current().pid() != own).join();
            System.out.println("ran in a worker JVM: " + isElsewhere);
          }
        }
      }
      """;

  @Test
  @DisplayName("a module, by java -p ... -m")
  void runsFromAModulePath() throws Exception {
    Path classes = module("module app { requires dev.poolwright; }", PROGRAM);
    assertRuns("-p", classes + File.pathSeparator + modules(), "-m", "app/app.Program");
  }

  @Test
  @DisplayName("an image of jlink, with a pool made in code")
  void runsFromAnImage() throws Exception {
    Path classes = module("module app { requires dev.poolwright; }", PROGRAM);
    Path image = temp.resolve("image");
    int exitCode =
        java.util.spi.ToolProvider.findFirst("jlink")
            .orElseThrow()
            .run(
                System.out,
                System.err,
                "-p",
                classes + File.pathSeparator + modules(),
                "--add-modules",
                "app",
                "--output",
                image.toString());
    assertThat(exitCode).isZero();
    assertThat(run(image, "C.UTF-8", "-m", "app/app.Program"))
        .isEqualTo("ran in a worker JVM: true" + System.lineSeparator());
  }

  private static final String INJECTED =
      """
      package app;

      import com.google.inject.AbstractModule;
      import dev.poolwright.Pools;
      import dev.poolwright.ProcessPoolConfig;
      import dev.poolwright.spi.Call;
      import dev.poolwright.spi.CallSite;
      import jakarta.inject.Inject;

      class Program {
        static class Bindings extends AbstractModule {}

        private final boolean isInjected;

        @Inject
        Program(Bindings any) {
          isInjected = any != null;
        }

        record Ask() implements Call<Program, Boolean> {
          public Boolean on(Program target) {
            return target.isInjected;
          }
        }

        public static void main(String[] args) throws Exception {
          ProcessPoolConfig cpu =
              ProcessPoolConfig.named("cpu").maxWorkers(1).modules(Bindings.class);
          try (Pools pools = Pools.builder().pool(cpu).build()) {
            CallSite<Program> site =
                CallSite.of(Program.class, "ask()", "cpu").needsModules().open(pools);
            System.out.println(
                site.submit(new Program(null), new Ask())
                    .handle((is, e) -> e == null ? "ran in a worker JVM: " + is : e.getMessage())
                    .get());
          }
        }
      }
      """;

  @Test
  @DisplayName("a module with Guice, which opens its package to it and to this library")
  void runsFromAModulePathWithGuice() throws Exception {
    String info =
        "module app { requires dev.poolwright; requires com.google.guice;"
            + " opens app to dev.poolwright, com.google.guice; }";
    Path classes = module(info, INJECTED);
    assertRuns("-p", classes + File.pathSeparator + modules(), "-m", "app/app.Program");
  }

  @Test
  @DisplayName("a module with Guice that opens too little is told what to open")
  void namesWhatIsNotOpened() throws Exception {
    for (String opened : List.of("", "opens app to dev.poolwright;")) {
      String info =
          "module app { requires dev.poolwright; requires com.google.guice; " + opened + " }";
      Path classes = module(info, INJECTED);
      String path = classes + File.pathSeparator + modules();
      assertThat(run("C.UTF-8", "-p", path, "-m", "app/app.Program"))
          .contains(
              "module app does not \"opens app\" to module "
                  + (opened.isEmpty() ? "dev.poolwright" : "com.google.guice"))
          .contains("write `opens app to dev.poolwright, com.google.guice;` in its module-info");
    }
  }

  @Test
  @DisplayName("where the application's Java has no bin/java, another is asked for, and taken")
  void takesJavaOfAnotherPlace() throws Exception {
    String home = System.getProperty("java.home");
    System.setProperty("java.home", temp.toString());
    String java = Path.of(home, "bin", "java").toString();
    try (Cpu without = Cpu.of(1);
        Cpu named = new Cpu(Cpu.config(1).java(java))) {
      assertThatThrownBy(() -> without.submit(Cpu::ownPid).join())
          .hasRootCauseMessage(
              "there is no "
                  + temp.resolve("bin").resolve("java")
                  + ", as in an image of jpackage; give jlink or jpackage the options of jlink"
                  + " without --strip-native-commands, or name a java of the same version by the"
                  + " setting java");
      assertThat(named.pid()).isNotEqualTo(ProcessHandle.current().pid());
    } finally {
      System.setProperty("java.home", home);
    }
  }

  @Test
  @DisplayName("a collector and a heap size of the user's own take the place of ours")
  void takesJvmArgs() throws Exception {
    for (String collector : List.of("-XX:+UseG1GC", "-XX:+UseParallelGC")) {
      // With two collectors a JVM does not start.
      try (Cpu cpu = new Cpu(Cpu.config(1).jvmArgs(collector, "-Xmx77m", "-Xms8m"))) {
        long most = cpu.submit(() -> Runtime.getRuntime().maxMemory()).join();
        assertThat(most).isBetween(60L << 20, 80L << 20);
      }
    }
  }

  @Test
  @DisplayName(
      "a worker JVM with one processor collects by one thread; with more on Java 17 by its choice")
  void choosesCollector() throws Exception {
    int processors = Runtime.getRuntime().availableProcessors();
    try (Cpu each = new Cpu(Cpu.config(processors));
        Cpu one = new Cpu(Cpu.config(1))) {
      assertThat(each.submit(LaunchFormsTest::collectors).join()).contains("Copy");
      boolean isOwnChoice = processors > 1 && Runtime.version().feature() == 17;
      assertThat(one.submit(LaunchFormsTest::options).join().contains("-XX:+UseSerialGC"))
          .isEqualTo(!isOwnChoice);
    }
  }

  static List<String> collectors() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .map(MemoryManagerMXBean::getName)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  static List<String> options() {
    return new ArrayList<>(ManagementFactory.getRuntimeMXBean().getInputArguments());
  }

  @Test
  @DisplayName("arguments reach a worker JVM as they are, whatever signs they have")
  void quotesArguments() throws Exception {
    List<String> values =
        Stream.of(
                "a b",
                "\"quoted\"",
                "it's",
                "#no comment",
                "@no-file",
                "back\\slash\\",
                "\\\"",
                "tab\tand\nline\r\nends",
                "$HOME %PATH% *",
                "",
                " ",
                "\u00e4\u00f6\u00fc")
            .filter(LaunchFormsTest::isNative)
            .toList();
    List<String> arguments = new ArrayList<>(List.of("-Xmx64m"));
    for (int i = 0; i < values.size(); i++) {
      arguments.add("-Dtest.value." + i + "=" + values.get(i));
    }
    try (Cpu cpu = new Cpu(Cpu.config(1).jvmArgs(arguments.toArray(String[]::new)))) {
      for (int i = 0; i < values.size(); i++) {
        String name = "test.value." + i;
        String expected = values.get(i);
        assertThat(cpu.submit(() -> System.getProperty(name)).join()).isEqualTo(expected);
      }
    }
  }

  /** A JVM in an ASCII locale cannot be given other letters by its command line. */
  private static boolean isNative(String text) {
    return java.nio.charset.Charset.forName(System.getProperty("native.encoding", "UTF-8"))
        .newEncoder()
        .canEncode(text);
  }
}
