/** Pools, tasks and worker JVMs. */
module dev.poolwright {
  requires transitive dev.poolwright.annotation;
  requires transitive jakarta.inject;
  requires static jdk.jfr;
  requires static java.management;
  requires static jdk.management;
  requires static com.google.guice;
  requires static com.google.errorprone.annotations;
  requires static kotlin.stdlib;
  requires static transitive org.jspecify;

  exports dev.poolwright;
  exports dev.poolwright.guice;
  exports dev.poolwright.spi;

  uses dev.poolwright.ContextCarrier;
  uses dev.poolwright.PoolListener;
  uses dev.poolwright.Pools.Builder;
  uses dev.poolwright.spi.ClusterTransport.Provider;
  uses dev.poolwright.spi.Companion;
  uses dev.poolwright.spi.PoolCatalogue;
  uses dev.poolwright.spi.TargetSource;

  provides dev.poolwright.Pools.Builder with
      dev.poolwright.internal.registry.PoolsBuilder;
}
