package dev.poolwright.processor.check;

import dev.poolwright.annotation.PoolKind;
import dev.poolwright.annotation.setting.PoolSetting;
import dev.poolwright.processor.model.AnnotatedType;
import dev.poolwright.processor.model.AsyncMethod;
import dev.poolwright.processor.model.DiagnosticId;
import dev.poolwright.processor.model.Problems;
import dev.poolwright.processor.read.DeclaredPools;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Modifier;

/** Finds methods that hold a worker longer than they look, since they lock or cannot be stopped. */
public final class PoolRuns implements PoolCheck {

  /** From here on, code needs a Java where a virtual thread in a monitor leaves its carrier. */
  private static final int UNPINNED = 24;

  private final boolean mayPin;

  PoolRuns(SourceVersion source) {
    this.mayPin = Integer.parseInt(source.name().substring("RELEASE_".length())) < UNPINNED;
  }

  @Override
  public void check(DeclaredPools pools, List<AnnotatedType> types, Problems problems) {
    for (AnnotatedType type : types) {
      for (AsyncMethod method : type.methods()) {
        if (!pools.isRemote(method.pool())) {
          checkMonitor(type, method, pools, problems);
          checkLimit(method, problems);
        }
      }
    }
  }

  private void checkMonitor(
      AnnotatedType type, AsyncMethod method, DeclaredPools pools, Problems problems) {
    if (has(method, Modifier.SYNCHRONIZED)) {
      problems.report(
          DiagnosticId.ASYNC_SYNCHRONIZED,
          pools.place(type, method, method.element()),
          method.signature(),
          method.pool(),
          workers(method.pool(), pools),
          mayPin && pools.kind(method.pool()) == PoolKind.VIRTUAL
              ? ", and on Java 21 to 23 a carrier thread too"
              : "");
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
        .or(() -> standard(pools.kind(pool)))
        .map(number -> number.equals("1") ? "1 worker" : number + " workers")
        .orElse("a worker for each CPU");
  }

  private static Optional<String> standard(PoolKind kind) {
    OptionalInt workers = PoolSetting.standardWorkers(kind);
    return workers.isPresent() ? Optional.of(String.valueOf(workers.getAsInt())) : Optional.empty();
  }
}
