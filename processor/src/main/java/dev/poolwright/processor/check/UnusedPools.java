package dev.poolwright.processor.check;

import dev.poolwright.annotation.wording.PoolName;
import dev.poolwright.processor.model.AnnotatedType;
import dev.poolwright.processor.model.DiagnosticId;
import dev.poolwright.processor.model.PoolDeclaration;
import dev.poolwright.processor.model.PoolUse;
import dev.poolwright.processor.model.Problems;
import dev.poolwright.processor.read.DeclaredPools;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds pools that nothing names: no method, no injection point, no text in any body. */
final class UnusedPools implements PoolCheck {

  private final PoolMentions mentions;

  UnusedPools(PoolMentions mentions) {
    this.mentions = mentions;
  }

  @Override
  public void check(DeclaredPools pools, List<AnnotatedType> types, Problems problems) {
    Set<String> used = pools.uses().stream().map(PoolUse::pool).collect(Collectors.toSet());
    boolean isMistyped = !pools.names().containsAll(used); // which is reported, and may mean any
    if (isMistyped || !mentions.isComplete()) {
      return;
    }
    for (PoolDeclaration each : pools.declarations()) {
      if (!each.isAsync()
          && pools.isHere(each)
          && PoolName.isLegal(each.pool())
          && !used.contains(each.pool())
          && !mentions.contains(each.pool())) {
        problems.report(
            DiagnosticId.ASYNC_UNUSED_POOL,
            each.use().holder(),
            each.use().mirror(),
            each.use().given("name").orElse(null),
            each.pool());
      }
    }
  }
}
