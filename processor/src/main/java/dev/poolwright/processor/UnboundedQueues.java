package dev.poolwright.processor;

import java.util.List;
import java.util.Optional;
import javax.lang.model.element.AnnotationValue;

/** Finds pools whose queue grows as far as memory does. */
final class UnboundedQueues implements PoolCheck {

  @Override
  public void check(DeclaredPools pools, List<AnnotatedType> types, Diagnostics diagnostics) {
    for (PoolDeclaration each : pools.declarations()) {
      Optional<AnnotationValue> capacity = each.use().given("queueCapacity");
      if (capacity.isPresent()
          && pools.isHere(each)
          && Integer.valueOf(Integer.MAX_VALUE).equals(capacity.get().getValue())) {
        diagnostics.report(
            DiagnosticId.ASYNC_UNBOUNDED_QUEUE,
            each.use().holder(),
            each.use().mirror(),
            capacity.get(),
            each.pool());
      }
    }
  }
}
