package dev.poolwright.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.poolwright.ThreadPoolConfig;
import dev.poolwright.spi.PoolCatalogue;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CatalogueLoaderTest {

  @TempDir private Path classPath;

  @Test
  void readsCataloguesInOrderOfTheirNames() throws IOException {
    try (URLClassLoader loader = naming(Second.class.getName(), First.class.getName())) {
      assertThat(CatalogueLoader.load(loader))
          .extracting(PoolCatalogue.Declaration::source)
          .containsExactly("First.a()", "First.b()", "Second");
    }
  }

  @Test
  void findsNothingWhereNothingIsDeclared() throws IOException {
    try (URLClassLoader loader = naming()) {
      assertThat(CatalogueLoader.load(loader)).isEmpty();
    }
  }

  @Test
  void namesACatalogueThatIsMissing() {
    refuses(
        "com.example.Gone",
        "a pool catalogue cannot be found: dev.poolwright.spi.PoolCatalogue: Provider"
            + " com.example.Gone not found; build the jar that names it again, with its annotation"
            + " processor");
  }

  @Test
  void namesAClassThatIsNoCatalogue() {
    refuses(
        CatalogueLoaderTest.class.getName(),
        "a pool catalogue cannot be found: dev.poolwright.spi.PoolCatalogue: "
            + CatalogueLoaderTest.class.getName()
            + " not a subtype; build the jar that names it again, with its annotation processor");
  }

  @Test
  void namesACatalogueThatCannotBeMade() {
    refuses(
        Unmade.class.getName(),
        "pool catalogue "
            + Unmade.class.getName()
            + " cannot be read: java.lang.IllegalStateException: no luck; build its jar again with"
            + " this version of Poolwright");
  }

  @Test
  void namesACatalogueWhoseSettingsAreWrong() {
    refuses(
        Wrong.class.getName(),
        "pool catalogue "
            + Wrong.class.getName()
            + " cannot be read: java.lang.IllegalArgumentException: pool \"io\": max-workers is"
            + " 2000; must be 0 to 1,024; build its jar again with this version of Poolwright");
  }

  @Test
  void namesACatalogueOfAnotherVersion() {
    refuses(
        Older.class.getName(),
        "pool catalogue "
            + Older.class.getName()
            + " cannot be read: java.lang.NoSuchMethodError: removed(); build its jar again with"
            + " this version of Poolwright");
  }

  private void refuses(String provider, String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> {
              try (URLClassLoader loader = naming(provider)) {
                CatalogueLoader.load(loader);
              }
            })
        .withMessage(text);
  }

  /** A class path with one more services file. */
  private URLClassLoader naming(String... providers) throws IOException {
    Path services = Files.createDirectories(classPath.resolve("META-INF/services"));
    Files.write(services.resolve(PoolCatalogue.class.getName()), List.of(providers));
    return new URLClassLoader(
        new URL[] {classPath.toUri().toURL()}, CatalogueLoaderTest.class.getClassLoader());
  }

  private static PoolCatalogue.Declaration io(String source) {
    return new PoolCatalogue.Declaration(ThreadPoolConfig.named("io"), source, true);
  }

  /** A good catalogue. */
  public static final class First implements PoolCatalogue {
    @Override
    public List<Declaration> declarations() {
      return List.of(io("First.a()"), io("First.b()"));
    }
  }

  /** Another one. */
  public static final class Second implements PoolCatalogue {
    @Override
    public List<Declaration> declarations() {
      return List.of(io("Second"));
    }
  }

  /** Fails in its constructor. */
  public static final class Unmade implements PoolCatalogue {

    /** Fails. */
    public Unmade() {
      throw new IllegalStateException("no luck");
    }

    @Override
    public List<Declaration> declarations() {
      return List.of();
    }
  }

  /** Has a setting out of range. */
  public static final class Wrong implements PoolCatalogue {
    @Override
    public List<Declaration> declarations() {
      return List.of(
          new Declaration(ThreadPoolConfig.named("io").maxWorkers(2_000), "Wrong", true));
    }
  }

  /** Was compiled against a method that is gone. */
  public static final class Older implements PoolCatalogue {
    @Override
    public List<Declaration> declarations() {
      throw new NoSuchMethodError("removed()");
    }
  }
}
