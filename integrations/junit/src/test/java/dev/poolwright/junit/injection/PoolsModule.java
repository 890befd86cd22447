package dev.poolwright.junit.injection;

import dagger.Module;
import dagger.Provides;
import dev.poolwright.Pools;
import jakarta.inject.Singleton;

/** What Dagger cannot make by itself. */
@Module
final class PoolsModule {
  private PoolsModule() {}

  @Provides
  @Singleton
  static Pools pools() {
    return Pools.builder().build();
  }

  @Provides
  static String greeting() {
    return "Hello";
  }
}
