package dev.poolwright.processor.check;

import dev.poolwright.processor.model.AnnotatedType;
import dev.poolwright.processor.model.AsyncMethod;
import dev.poolwright.processor.model.DiagnosticId;
import dev.poolwright.processor.model.Problems;
import dev.poolwright.processor.read.DeclaredPools;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Modifier;

/** Finds methods that hold a worker longer than they look, since they lock or cannot be stopped. */
public final class PoolRuns implements PoolCheck {

  @Override
  public void check(DeclaredPools pools, List<AnnotatedType> types, Problems problems) {
    for (AnnotatedType type : types) {
      for (AsyncMethod method : type.methods()) {
        if (!pools.isProcess(method.pool())) {
          checkMonitor(type, method, pools, problems);
          checkLimit(method, problems);
        }
      }
    }
  }

  private static void checkMonitor(
      AnnotatedType type, AsyncMethod method, DeclaredPools pools, Problems problems) {
    if (has(method, Modifier.SYNCHRONIZED)) {
      problems.report(
          DiagnosticId.ASYNC_SYNCHRONIZED,
          pools.place(type, method, method.element()),
          method.signature(),
          method.pool(),
          workers(method.pool(), pools));
    }
  }

  private static void checkLimit(AsyncMethod method, Problems problems) {
    boolean isNative = has(method, Modifier.NATIVE);
    Optional<AnnotationValue> limit = method.use().given("timeout");
    if (limit.isPresent() && (isNative || has(method, Modifier.SYNCHRONIZED))) {
      problems.report(
          DiagnosticId.ASYNC_USELESS_TIMEOUT,
          method.use().holder(),
          method.use().mirror(),
          limit.get(),
          method.timeout(),
          method.signature(),
          isNative
              ? "an interrupt does not reach native code"
              : "an interrupt does not reach a thread that waits for a monitor",
          method.pool(),
          isNative ? "Use a process pool" : "Use a Lock with lockInterruptibly");
    }
  }

  private static boolean has(AsyncMethod method, Modifier modifier) {
    return method.element().getModifiers().contains(modifier);
  }

  /** As {@code "4 workers"}. */
  public static String workers(String pool, DeclaredPools pools) {
    return pools.of(pool).stream()
        .flatMap(declaration -> declaration.use().given("maxWorkers").stream())
        .map(value -> String.valueOf(value.getValue()))
        .filter(number -> !number.equals("0"))
        .findFirst()
        .map(number -> number.equals("1") ? "1 worker" : number + " workers")
        .orElse("a worker for each CPU");
  }
}
