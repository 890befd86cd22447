package dev.poolwright.junit.injection;

import dagger.Component;
import dev.poolwright.Pools;
import jakarta.inject.Singleton;

/** What Dagger makes. */
@Singleton
@Component(modules = PoolsModule.class)
interface Application {
  Service service();

  AsyncCountdown countdown();

  Pools pools();
}
