package dev.poolwright.guice;

import dev.poolwright.ThreadPoolConfig;
import dev.poolwright.spi.PoolCatalogue;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Catalogues as the processor writes them, and the class loaders that find them. */
final class DeclaredPools {

  private DeclaredPools() {}

  /** A class path that names catalogues, below a directory of the test. */
  static URLClassLoader naming(Path directory, Class<?>... catalogues) throws IOException {
    Path services = Files.createDirectories(directory.resolve("META-INF/services"));
    Files.write(
        services.resolve(PoolCatalogue.class.getName()),
        List.of(catalogues).stream().map(Class::getName).toList());
    return new URLClassLoader(
        new URL[] {directory.toUri().toURL()}, DeclaredPools.class.getClassLoader());
  }

  /** Declares io of four threads, and cpu. */
  public static final class Crawler implements PoolCatalogue {
    @Override
    public List<Declaration> declarations() {
      return List.of(
          new Declaration(
              ThreadPoolConfig.named("io").maxWorkers(4), "a.Crawler.get(String)", true),
          new Declaration(ThreadPoolConfig.named("cpu"), "a.Crawler.parse(Page)", true));
    }
  }

  /** Declares io of eight threads, as another jar may. */
  public static final class Database implements PoolCatalogue {
    @Override
    public List<Declaration> declarations() {
      return List.of(
          new Declaration(ThreadPoolConfig.named("io").maxWorkers(8), "b.Database", true));
    }
  }

  /** Cannot be read. */
  public static final class Broken implements PoolCatalogue {
    @Override
    public List<Declaration> declarations() {
      throw new IllegalStateException("no luck at 100%");
    }
  }
}
