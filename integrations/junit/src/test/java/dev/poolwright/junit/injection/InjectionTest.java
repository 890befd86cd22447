package dev.poolwright.junit.injection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.Pools;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Dagger makes proxies, and whoever has no container makes them by hand. */
@Timeout(60)
final class InjectionTest {

  @Test
  void daggerMakesTheProxy() {
    Application application = DaggerApplication.create();
    try (Pools pools = application.pools()) {
      assertThat(pools).isSameAs(application.pools());
      assertThat(application.service().greet("Ann")).isEqualTo("Hello, Ann");
    }
  }

  @Test
  void byHandItIsOneLine() {
    try (Pools pools = Pools.builder().build()) {
      Service service = new Service(new AsyncGreeter(new Greeter("Bye"), pools));
      assertThat(service.greet("Ann")).isEqualTo("Bye, Ann");
    }
  }
}
