package dev.poolwright.processor.check;

import static java.util.stream.Collectors.joining;

import dev.poolwright.annotation.wording.NearestName;
import dev.poolwright.annotation.wording.PoolName;
import dev.poolwright.processor.model.AnnotatedType;
import dev.poolwright.processor.model.DiagnosticId;
import dev.poolwright.processor.model.PoolUse;
import dev.poolwright.processor.model.Problems;
import dev.poolwright.processor.read.DeclaredPools;
import java.util.List;

/** Finds {@code @Async} methods whose pool nobody declares. */
final class UnknownPools implements PoolCheck {

  @Override
  public void check(DeclaredPools pools, List<AnnotatedType> types, Problems problems) {
    String declared = pools.names().stream().map(name -> "\"" + name + "\"").collect(joining(", "));
    for (PoolUse each : pools.uses()) {
      if (PoolName.isLegal(each.pool()) && !pools.names().contains(each.pool())) {
        problems.report(
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
