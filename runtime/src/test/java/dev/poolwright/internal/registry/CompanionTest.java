package dev.poolwright.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.Pools;
import dev.poolwright.internal.LogLines;
import dev.poolwright.spi.Companion;
import java.io.IOException;
import java.net.BindException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What goes along with pools is told of them, and closed with them. */
@Timeout(60)
final class CompanionTest {

  private static final Queue<String> SEEN = new ConcurrentLinkedQueue<>();

  @TempDir private Path folder;

  /** Says what it sees. */
  public static final class Watcher implements Companion {
    @Override
    public AutoCloseable opened(Pools pools) {
      SEEN.add("opened " + pools.names());
      assertThat(pools.pool("default").submit(() -> 1).join()).isEqualTo(1);
      return () -> {
        SEEN.add("closed");
        throw new IOException("not so fast");
      };
    }
  }

  /** Has nothing to close. */
  public static final class Passer implements Companion {
    @Override
    public @Nullable AutoCloseable opened(Pools pools) {
      return null;
    }
  }

  /** Cannot go along. */
  public static final class Failing implements Companion {
    @Override
    public AutoCloseable opened(Pools pools) throws IOException {
      throw new BindException("in use");
    }
  }

  @AfterEach
  void forget() {
    SEEN.clear();
  }

  private URLClassLoader loader() throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.write(
        services.resolve(Companion.class.getName()),
        Stream.of(Failing.class, Passer.class, Watcher.class).map(Class::getName).toList());
    URL[] urls = {folder.toUri().toURL()};
    return new URLClassLoader(urls, getClass().getClassLoader());
  }

  @Test
  void itIsToldOfPoolsAndClosedWhenTheyHaveEndedWhateverItThrows() throws Exception {
    try (URLClassLoader loader = loader();
        LogLines log = new LogLines()) {
      Pools pools = Pools.builder().classLoader(loader).build();
      assertThat(SEEN).containsExactly("opened [default]");
      assertThat(log.lines()).containsExactly("companion " + Failing.class.getName() + " failed");
      pools.close();
      assertThat(SEEN).containsExactly("opened [default]", "closed");
      assertThat(log.lines()).hasSize(2);
    }
  }

  @Test
  void itIsClosedBeforeAWaitForTheEndIsOver() throws Exception {
    try (URLClassLoader loader = loader();
        LogLines log = new LogLines()) {
      Pools pools = Pools.builder().classLoader(loader).build();
      pools.shutdown();
      assertThat(pools.awaitTermination(Duration.ofSeconds(30))).isTrue();
      assertThat(SEEN).contains("closed");
      assertThat(log.lines()).hasSize(2);
    }
  }

  @Test
  void directPoolsHaveNone() throws Exception {
    try (URLClassLoader loader = loader();
        Pools pools = Pools.builder().classLoader(loader).direct()) {
      assertThat(pools.pool("io").submit(() -> 1).join()).isEqualTo(1);
      assertThat(SEEN).isEmpty();
    }
  }
}
