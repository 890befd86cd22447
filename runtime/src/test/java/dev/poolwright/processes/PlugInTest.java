package dev.poolwright.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.Job;
import dev.poolwright.internal.LeavesNothingBehind;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Calls of classes that have loaders of their own, in one pool. */
@Timeout(120)
@ExtendWith(LeavesNothingBehind.class)
class PlugInTest {
  @TempDir Path temp;

  /** Asks itself first, as loaders of web applications do. */
  private static final class OwnFirst extends URLClassLoader {
    OwnFirst(URL url, ClassLoader parent) {
      super(new URL[] {url}, parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        if (loaded == null && findResource(name.replace('.', '/') + ".class") != null) {
          loaded = findClass(name);
        }
        return loaded == null ? super.loadClass(name, resolve) : loaded;
      }
    }

    @Override
    public URL getResource(String name) {
      URL own = findResource(name);
      return own == null ? super.getResource(name) : own;
    }
  }

  /** A jar of a class that makes a job, and of another whose text that says. */
  private URL jar(String text) throws IOException {
    Path source = Files.createDirectories(temp.resolve("source-" + text));
    Path plug = source.resolve("Plug.java");
    Path name = source.resolve("Name.java");
    Files.writeString(
        plug,
        """
        package plug;

        import dev.poolwright.Job;

        public class Plug {
          public static Job<String> job() {
            return () -> Name.text() + " " + ProcessHandle.current().pid();
          }
        }
        """);
    Files.writeString(
        name,
        """
        package plug;

        public class Name {
          public static String text() {
            return "%s";
          }
        }
        """
            .formatted(text));
    Path classes = temp.resolve("classes-" + text);
    int exitCode =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-d",
                classes.toString(),
                "-classpath",
                PackedClasses.home(Job.class).toString(),
                plug.toString(),
                name.toString());
    assertThat(exitCode).isZero();
    Path jar = temp.resolve(text + ".jar");
    PackedClasses.pack(classes, PackedClasses.manifest(), jar);
    return jar.toUri().toURL();
  }

  @SuppressWarnings("unchecked")
  private static Job<String> job(ClassLoader loader) throws ReflectiveOperationException {
    return (Job<String>) loader.loadClass("plug.Plug").getMethod("job").invoke(null);
  }

  private static String text(Cpu cpu, ClassLoader loader) throws ReflectiveOperationException {
    String said = cpu.submit(job(loader)).join();
    return said.substring(0, said.indexOf(' '));
  }

  @Test
  void eachRunsItsOwnCodeInWorkersOfItsOwn() throws Exception {
    ClassLoader parent = PlugInTest.class.getClassLoader();
    try (URLClassLoader one = new URLClassLoader(new URL[] {jar("one")}, parent);
        URLClassLoader other = new URLClassLoader(new URL[] {jar("other")}, parent);
        Cpu cpu = Cpu.of(2)) {
      Set<String> said = new HashSet<>();
      for (int i = 0; i < 3; i++) {
        said.add(cpu.submit(job(one)).join());
        said.add(cpu.submit(job(other)).join());
      }
      assertThat(said).hasSize(2); // One worker each, which is used again.
      assertThat(said.stream().map(each -> each.substring(0, each.indexOf(' '))))
          .containsExactlyInAnyOrder("one", "other");
    }
  }

  @Test
  void workersOfAnotherPlugInMakeRoom() throws Exception {
    ClassLoader parent = PlugInTest.class.getClassLoader();
    try (URLClassLoader one = new URLClassLoader(new URL[] {jar("one")}, parent);
        URLClassLoader other = new URLClassLoader(new URL[] {jar("other")}, parent);
        Cpu cpu = Cpu.of(1)) {
      for (ClassLoader each : List.of(one, other)) {
        cpu.submit(job(each)).join();
        assertThat(ProcessHandle.current().children().filter(PlugInTest::isJvm)).hasSize(1);
      }
      assertThat(cpu.pool.stats().workersStarted()).isEqualTo(2);
      assertThat(cpu.pool.stats().workersCrashed()).isZero();
    }
  }

  private static boolean isJvm(ProcessHandle process) {
    return process.info().command().orElse("").endsWith("java");
  }

  @Test
  void orderIsThatOfDelegation() throws Exception {
    URL host = jar("host");
    Path plug = Path.of(host.toURI());
    try (FileSystem packed = FileSystems.newFileSystem(plug)) {
      Files.delete(packed.getPath("plug", "Plug.class"));
    }
    URL own = jar("own");
    ClassLoader parent = PlugInTest.class.getClassLoader();
    try (URLClassLoader hosts = new URLClassLoader(new URL[] {host}, parent);
        URLClassLoader parentFirst = new URLClassLoader(new URL[] {own}, hosts);
        URLClassLoader ownFirst = new OwnFirst(own, hosts);
        URLClassLoader apart = new URLClassLoader(new URL[] {own}, parent);
        Cpu cpu = Cpu.of(2)) {
      assertThat(text(cpu, parentFirst)).isEqualTo("host");
      assertThat(text(cpu, ownFirst)).isEqualTo("own");
      assertThat(text(cpu, apart)).isEqualTo("own");
    }
  }
}
