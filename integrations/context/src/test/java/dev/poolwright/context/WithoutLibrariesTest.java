package dev.poolwright.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.ContextCarrier;
import dev.poolwright.annotation.PoolKind;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where the libraries are not there, the carriers are found and do nothing. */
@Timeout(60)
final class WithoutLibrariesTest {

  @Test
  void eachCarrierDoesNothingWithoutItsLibrary() throws Exception {
    List<URL> own = new ArrayList<>();
    for (Class<?> type : List.of(MdcCarrier.class, ContextCarrier.class, PoolKind.class)) {
      own.add(type.getProtectionDomain().getCodeSource().getLocation());
    }
    ClassLoader platform = ClassLoader.getPlatformClassLoader();
    try (URLClassLoader loader = new URLClassLoader(own.toArray(URL[]::new), platform)) {
      Class<?> type = loader.loadClass(ContextCarrier.class.getName());
      List<String> captured = new ArrayList<>();
      for (Object carrier : ServiceLoader.load(type, loader)) {
        String name = (String) type.getMethod("name").invoke(carrier);
        captured.add(name + " " + type.getMethod("capture").invoke(carrier));
      }
      assertThat(captured)
          .containsExactly("opentelemetry null", "mdc null", "context-propagation null");
    }
  }
}
