package example;

import dev.poolwright.Pools;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;

@Factory
class PoolsFactory {

  @Singleton
  @Bean(preDestroy = "close")
  Pools pools(Environment environment) {
    Map<String, String> settings = new HashMap<>();
    environment
        .getProperties("poolwright")
        .forEach((name, value) -> settings.put("poolwright." + name, value.toString()));
    return Pools.builder()
        .properties("application.properties", settings)
        .exitHook(false) // Micronaut closes them
        .build();
  }
}
