package example;

import dev.poolwright.Pools;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.Config;

class PoolsProducer {

  @Produces
  @Singleton
  Pools pools(Config config) {
    Map<String, String> settings = new HashMap<>();
    for (String name : config.getPropertyNames()) {
      if (name.startsWith("poolwright.")) {
        settings.put(name, config.getValue(name, String.class));
      }
    }
    return Pools.builder()
        .properties("application.properties", settings)
        .exitHook(false) // Quarkus closes them
        .build();
  }

  void close(@Observes ShutdownEvent event, Pools pools) {
    pools.close(Duration.ofSeconds(30));
  }

  @Produces
  @Singleton
  AsyncGreeter greeter(Greeter greeter, Pools pools) {
    return new AsyncGreeter(greeter, pools);
  }

  @Produces
  @Singleton
  AsyncPrimes primes(Primes primes, Pools pools) {
    return new AsyncPrimes(primes, pools);
  }
}
