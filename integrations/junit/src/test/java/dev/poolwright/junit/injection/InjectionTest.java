package dev.poolwright.junit.injection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.Pools;
import java.util.concurrent.atomic.AtomicReference;
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
  void aClassThatNeedsItsOwnProxyTakesAProviderOfIt() {
    Application application = DaggerApplication.create();
    try (Pools pools = application.pools()) {
      assertThat(pools).isNotNull();
      assertThat(application.countdown().from(5).join()).isEqualTo(5);
    }
  }

  @Test
  void aClassThatNeedsItsOwnProxyGetsOneByHand() {
    AtomicReference<AsyncCountdown> async = new AtomicReference<>();
    try (Pools pools = Pools.direct()) {
      async.set(new AsyncCountdown(new Countdown(async::get), pools));
      assertThat(async.get().from(5).join()).isEqualTo(5);
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
