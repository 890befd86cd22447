package dev.poolwright.processor.check;

import dev.poolwright.annotation.ThreadPool;
import dev.poolwright.processor.model.AnnotatedType;
import dev.poolwright.processor.model.DiagnosticId;
import dev.poolwright.processor.model.PoolDeclaration;
import dev.poolwright.processor.model.Problems;
import dev.poolwright.processor.read.DeclaredPools;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.AnnotationValue;

/** Finds pools whose queue grows as far as memory does. */
final class UnboundedQueues implements PoolCheck {

  @Override
  public void check(DeclaredPools pools, List<AnnotatedType> types, Problems problems) {
    for (PoolDeclaration each : pools.declarations()) {
      Optional<AnnotationValue> capacity = each.use().given("queueCapacity");
      if (capacity.isPresent()
          && pools.isHere(each)
          && Integer.valueOf(ThreadPool.UNBOUNDED).equals(capacity.get().getValue())) {
        problems.report(
            DiagnosticId.ASYNC_UNBOUNDED_QUEUE,
            each.use().holder(),
            each.use().mirror(),
            capacity.get(),
            each.pool());
      }
    }
  }
}
