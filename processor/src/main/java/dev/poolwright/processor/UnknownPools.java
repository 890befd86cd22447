package dev.poolwright.processor;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** Finds {@code @Async} methods whose pool nobody declares. */
final class UnknownPools implements PoolCheck {

  @Override
  public void check(DeclaredPools pools, List<AnnotatedType> types, Diagnostics diagnostics) {
    String declared = pools.names().stream().map(name -> "\"" + name + "\"").collect(joining(", "));
    for (PoolUse each : pools.uses()) {
      if (PoolName.isLegal(each.pool()) && !pools.names().contains(each.pool())) {
        diagnostics.report(
            DiagnosticId.ASYNC_UNKNOWN_POOL,
            each.use().holder(),
            each.use().mirror(),
            each.use().given("pool").orElse(null),
            each.pool(),
            declared,
            NearestName.hint(
                each.pool(), pools.names(), "Declare it with maxWorkers, kind or @ThreadPool."));
      }
    }
  }
}
