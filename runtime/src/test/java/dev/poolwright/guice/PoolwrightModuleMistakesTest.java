package dev.poolwright.guice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.AbstractModule;
import com.google.inject.ConfigurationException;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.name.Names;
import dev.poolwright.Pool;
import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.ThreadPoolConfig;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Guice says of wrong configuration. */
final class PoolwrightModuleMistakesTest {

  @TempDir private Path directory;

  @Test
  void namesBothDeclarationsOfAConflict() throws IOException {
    refusesDeclared(
        "pool \"io\" is declared with max-workers 4 by a.Crawler.get(String), and with 8 by"
            + " b.Database; declare it once",
        DeclaredPools.Crawler.class,
        DeclaredPools.Database.class);
  }

  @Test
  void namesACatalogueThatCannotBeRead() throws IOException {
    refusesDeclared(
        "DeclaredPools$Broken cannot be read: IllegalStateException: no luck at 100%",
        DeclaredPools.Broken.class);
  }

  @Test
  void namesDeclarationAndCodeOfAnotherKind() throws IOException {
    try (URLClassLoader loader = DeclaredPools.naming(directory, DeclaredPools.Crawler.class)) {
      refuses(
          new PoolwrightModule(
              pools -> pools.classLoader(loader).pool(ProcessPoolConfig.named("io"))),
          "pool \"io\" is declared as threads by a.Crawler.get(String), but configured as processes"
              + " by code");
    }
  }

  @Test
  void namesAPropertyThatIsWrong() {
    String property = "poolwright.pools.io.max-workers";
    System.setProperty(property, "many");
    try {
      refuses(ioPool(), "system property " + property + " is \"many\"; must be 0 to 1,024");
    } finally {
      System.clearProperty(property);
    }
  }

  @Test
  void aWrongNameIsAnsweredWithThePoolsThereAre() {
    Module wrong =
        new AbstractModule() {
          @Override
          protected void configure() {
            bind(Report.class);
          }
        };

    assertThatThrownBy(() -> Guice.createInjector(ioPool(), wrong))
        .isInstanceOf(CreationException.class)
        .satisfies(PoolwrightModuleMistakesTest::answersTheWrongName);
    assertThatThrownBy(() -> Guice.createInjector(ioPool()).getInstance(Report.class))
        .isInstanceOf(ConfigurationException.class)
        .satisfies(PoolwrightModuleMistakesTest::answersTheWrongName);
  }

  private static void answersTheWrongName(Throwable thrown) {
    assertThat(thrown)
        .hasMessageContaining("No implementation for Pool annotated with @Named(\"ioo\") was bound")
        .hasMessageContaining("Did you mean?")
        .hasMessageContaining("Pool annotated with @Named(\"default\")")
        .hasMessageContaining("Pool annotated with @Named(\"io\")")
        .hasMessageContaining("PoolwrightModuleMistakesTest$Report.<init>");
  }

  @Test
  void poolsOfWrongCodeAreNotMissingToo() {
    Module reader =
        new AbstractModule() {
          @Override
          protected void configure() {
            requireBinding(Key.get(Pool.class, Names.named("io")));
          }
        };

    assertThatThrownBy(
            () ->
                Guice.createInjector(
                    new PoolwrightModule(
                        pools ->
                            pools
                                .pool(ThreadPoolConfig.named("io"))
                                .pool(ProcessPoolConfig.named("io"))),
                    reader))
        .satisfies(thrown -> tellsOneMistake(thrown, "configured as processes by code"));
  }

  @Test
  void twoModulesInOneInjectorAreTold() {
    assertThatThrownBy(() -> Guice.createInjector(ioPool(), ioPool()))
        .isInstanceOf(CreationException.class)
        .hasMessageContaining("Pools was bound multiple times");
  }

  private void refusesDeclared(String text, Class<?>... catalogues) throws IOException {
    try (URLClassLoader loader = DeclaredPools.naming(directory, catalogues)) {
      refuses(new PoolwrightModule(pools -> pools.classLoader(loader)), text);
    }
  }

  private static void refuses(Module module, String text) {
    assertThatThrownBy(() -> Guice.createInjector(module))
        .satisfies(thrown -> tellsOneMistake(thrown, text));
  }

  private static void tellsOneMistake(Throwable thrown, String text) {
    assertThat(thrown)
        .isInstanceOf(CreationException.class)
        .hasMessageContaining(text)
        .hasMessageContaining("at PoolwrightModule.");
    assertThat(((CreationException) thrown).getErrorMessages()).hasSize(1);
  }

  private static PoolwrightModule ioPool() {
    return new PoolwrightModule(pools -> pools.pool(ThreadPoolConfig.named("io")));
  }

  private record Report(@Named("ioo") Pool io) {
    @Inject
    Report {}
  }
}
