package dev.poolwright.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.poolwright.internal.LeavesNothingBehind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Programs that are packed with their libraries in one jar, and started by a loader that is in
 * there: Spring Boot's layouts with its own loaders, and one that nobody can know.
 */
@Timeout(180)
@ExtendWith(LeavesNothingBehind.class)
class BootJarTest {
  private static final Path LOADERS = Path.of("target", "boot");

  @TempDir Path temp;

  @BeforeEach
  void areLoadersThere() {
    assumeTrue(Files.isDirectory(LOADERS), "the build puts them there, before its tests");
  }

  /** It prints who loads what where, which a worker JVM is asked for twice. */
  private static final String PROGRAM =
      """
      package demo;

      import dev.poolwright.Job;
      import dev.poolwright.Pools;
      import dev.poolwright.ProcessPoolConfig;
      import dev.poolwright.WorkerStartException;
      import java.io.File;
      import java.util.concurrent.CompletionException;

      public class Program {
        public static void main(String[] args) throws Exception {
          ProcessPoolConfig config =
              ProcessPoolConfig.named("cpu").maxWorkers(2).jvmArgs("-Xmx64m");
          try (Pools pools = Pools.builder().pool(config).build()) {
            long own = ProcessHandle.current().pid();
            Job<String> job = () -> {
              String first = System.getProperty("java.class.path").split(File.pathSeparator)[0];
              try (var in = Program.class.getResourceAsStream("/demo/text.txt")) {
                return ProcessHandle.current().pid() == own
                    ? "here"
                    : "elsewhere, "
                        + new String(in.readAllBytes())
                        + ", "
                        + Program.class.getPackage().getImplementationVersion()
                        + ", "
                        + new File(first).getName().replaceFirst("-[0-9a-z]+.jar$", "");
              }
            };
            var one = pools.pool("cpu").submit(job);
            var other = pools.pool("cpu").submit(job);
            System.out.println(one.join());
            System.out.println(other.join());
          }
        }
      }
      """;

  /** A loader that is none with URLs, as those of application servers and of one-jar tools. */
  private static final String LOADER =
      """
      import java.io.IOException;
      import java.io.InputStream;
      import java.net.URL;
      import java.nio.file.Path;
      import java.util.Collections;
      import java.util.Enumeration;
      import java.util.List;
      import java.util.jar.JarFile;

      class Starts {
        static final class Own extends ClassLoader {
          private final JarFile jar;

          Own(JarFile jar) {
            super(ClassLoader.getPlatformClassLoader());
            this.jar = jar;
          }

          @Override
          protected URL findResource(String name) {
            try {
              return jar.getEntry(name) == null
                  ? null
                  : java.net.URI.create("jar:" + Path.of(jar.getName()).toUri() + "!/" + name).toURL();
            } catch (IOException e) {
              throw new IllegalStateException(e);
            }
          }

          @Override
          protected Enumeration<URL> findResources(String name) {
            URL url = findResource(name);
            return Collections.enumeration(url == null ? List.of() : List.of(url));
          }

          @Override
          protected Class<?> findClass(String name) throws ClassNotFoundException {
            try (InputStream in =
                jar.getInputStream(jar.getJarEntry(name.replace('.', '/') + ".class"))) {
              byte[] bytes = in.readAllBytes();
              return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException | NullPointerException e) {
              throw new ClassNotFoundException(name, e);
            }
          }
        }

        public static void main(String[] args) throws Exception {
          Own loader = new Own(new JarFile(args[0]));
          Thread.currentThread().setContextClassLoader(loader);
          for (String program : new String[] {"OpeningProgram", "LaunchedProgram"}) {
            try {
              loader
                  .loadClass("dev.poolwright.processes." + program)
                  .getMethod("main", String[].class)
                  .invoke(null, (Object) null);
            } catch (java.lang.reflect.InvocationTargetException e) {
              System.out.println(e.getCause());
            }
          }
        }
      }
      """;

  @ParameterizedTest(name = "{0} by {2} from {1}")
  @CsvSource({
    "loader-3.5.16, BOOT-INF/, launch.JarLauncher",
    "loader-4.0.9, BOOT-INF/, launch.JarLauncher",
    "loader-4.0.9, WEB-INF/, launch.WarLauncher",
    "loader-4.0.9, BOOT-INF/, launch.PropertiesLauncher",
    "loader-classic-3.5.16, BOOT-INF/, JarLauncher",
  })
  void runsWorkersOfExecutableJars(String loader, String root, String launcher) throws Exception {
    Path jar = temp.resolve("the app+1 50%.jar");
    pack(
        jar,
        LOADERS.resolve("spring-boot-" + loader + ".jar"),
        root,
        "org.springframework.boot.loader." + launcher);
    Path tmp = Files.createDirectory(temp.resolve("tmp"));
    String line = "elsewhere, a text, 7.8.9, poolwright-runtime-1.2.3\n";
    assertThat(run("-Djava.io.tmpdir=" + tmp, "-jar", jar.toString())).isEqualTo(line + line);
    try (Stream<Path> left = Files.list(tmp)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void refusesLoaderThatNobodyKnows() throws Exception {
    Path ours = ours();
    Path source = temp.resolve("Starts.java");
    Files.writeString(source, LOADER);
    List<String> arguments = new ArrayList<>(List.of(source.toString(), ours.toString()));
    String problem =
        "dev.poolwright.internal.process.start.%s is loaded by a Starts$Own, and a worker JVM cannot read"
            + " where that reads; say by class-path in which jars and folders all classes are";

    assertThat(run(arguments.toArray(String[]::new)))
        .contains(
            "OpeningProgram.work() cannot run on process pool \"cpu\": "
                + String.format(problem, "WorkerLauncher"))
        .contains("could not be started: " + String.format(problem, "ClassPath"));

    arguments.add(0, "-Dpoolwright.pools.cpu.class-path=" + PackedClasses.path(onClassPath(ours)));
    assertThat(run(arguments.toArray(String[]::new)))
        .isEqualTo("opened\nran in a worker JVM: true\n");
  }

  private static List<Object> onClassPath(Path ours) {
    List<Object> all = new ArrayList<>(PackedClasses.libraries());
    all.add(ours);
    return all;
  }

  private void pack(Path jar, Path loader, String root, String launcher) throws IOException {
    Path ours = ours();
    Path source = temp.resolve("Program.java");
    Files.writeString(source, PROGRAM);
    Path classes = Files.createDirectories(temp.resolve("app"));
    compile("-d", classes.toString(), "-classpath", ours.toString(), source.toString());
    Files.writeString(classes.resolve("demo/text.txt"), "a text");
    Manifest manifest = PackedClasses.manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MAIN_CLASS, launcher);
    attributes.put(Attributes.Name.IMPLEMENTATION_VERSION, "7.8.9");
    attributes.putValue("Start-Class", "demo.Program");
    attributes.putValue("Spring-Boot-Classes", root + "classes/");
    attributes.putValue("Spring-Boot-Lib", root + "lib/");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      try (JarFile from = new JarFile(loader.toFile())) {
        for (Iterator<JarEntry> all = from.entries().asIterator(); all.hasNext(); ) {
          JarEntry each = all.next();
          if (each.getName().startsWith("org/")) {
            out.putNextEntry(new JarEntry(each.getName()));
            try (InputStream in = from.getInputStream(each)) {
              in.transferTo(out);
            }
          }
        }
      }
      for (String folder : List.of(root, root + "classes/", root + "lib/")) {
        out.putNextEntry(new JarEntry(folder));
      }
      for (String name : List.of("demo/", "demo/Program.class", "demo/text.txt")) {
        out.putNextEntry(new JarEntry(root + "classes/" + name));
        if (!name.endsWith("/")) {
          Files.copy(classes.resolve(name), out);
        }
      }
      List<Path> libraries = new ArrayList<>(List.of(ours));
      PackedClasses.libraries().forEach(each -> libraries.add(Path.of(each)));
      for (Path each : libraries) {
        store(Files.readAllBytes(each), root + "lib/" + each.getFileName(), out);
      }
    }
  }

  private static void store(byte[] bytes, String name, JarOutputStream out) throws IOException {
    JarEntry entry = new JarEntry(name);
    CRC32 crc = new CRC32();
    crc.update(bytes);
    entry.setMethod(JarEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(crc.getValue());
    out.putNextEntry(entry);
    out.write(bytes);
  }

  /** This library as one jar. */
  private Path ours() throws IOException {
    Path classes = temp.resolve("ours");
    LaunchFormsTest.unpackAll(classes);
    Path jar = temp.resolve("poolwright-runtime-1.2.3.jar");
    PackedClasses.pack(classes, PackedClasses.manifest(), jar);
    return jar;
  }

  private static void compile(String... arguments) {
    List<String> all = new ArrayList<>(List.of("-proc:none"));
    all.addAll(List.of(arguments));
    assertThat(
            ToolProvider.getSystemJavaCompiler().run(null, null, null, all.toArray(String[]::new)))
        .isZero();
  }

  private String run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx64m");
    command.addAll(List.of(arguments));
    Path out = temp.resolve("out.txt");
    ProcessBuilder builder = new ProcessBuilder(command).directory(temp.toFile());
    builder.environment().keySet().removeIf(name -> name.endsWith("JAVA_OPTIONS"));
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process process = builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
    int unused = process.waitFor();
    return Files.readString(out);
  }
}
