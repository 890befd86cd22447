package dev.poolwright.processor.check;

import dev.poolwright.processor.model.AnnotatedType;
import dev.poolwright.processor.model.AsyncMethod;
import dev.poolwright.processor.model.DiagnosticId;
import dev.poolwright.processor.model.Problems;
import dev.poolwright.processor.model.SourceNames;
import dev.poolwright.processor.read.DeclaredPools;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;

/**
 * Finds methods of process and cluster pools that another JVM cannot run, or runs on its own copy
 * of things.
 */
final class PoolTravel implements PoolCheck {

  private final TravelCheck travel;

  PoolTravel(TravelCheck travel) {
    this.travel = travel;
  }

  @Override
  public void check(DeclaredPools pools, List<AnnotatedType> types, Problems problems) {
    for (AnnotatedType type : types) {
      Set<String> targets = new HashSet<>();
      for (AsyncMethod method : type.methods()) {
        if (pools.isRemote(method.pool())) {
          checkCrossings(type, method, pools, problems);
          if (!method.isStatic() && targets.add(method.pool())) {
            if (pools.isProcess(method.pool())) { // A node has modules of its own.
              checkTarget(type, method, pools, problems);
            }
            checkState(type.element(), method.pool(), problems);
          }
        }
      }
    }
  }

  private void checkCrossings(
      AnnotatedType type, AsyncMethod method, DeclaredPools pools, Problems problems) {
    for (Crossing crossing : travel.crossings(method.element(), method.type(), method.result())) {
      Travel answer = crossing.travel();
      boolean isProcess = pools.isProcess(method.pool());
      if (!answer.isFree()) {
        problems.report(
            answer.isStuck() ? DiagnosticId.ASYNC_CANNOT_TRAVEL : DiagnosticId.ASYNC_MAY_NOT_TRAVEL,
            pools.place(type, method, crossing.element()),
            crossing.path(),
            isProcess ? "JVM" : "node",
            method.signature(),
            isProcess ? "process" : "cluster",
            method.pool(),
            answer.reason(),
            answer.remedy());
      }
    }
  }

  /** One message for each pool: the class lacks the constructor, not its methods. */
  private static void checkTarget(
      AnnotatedType type, AsyncMethod method, DeclaredPools pools, Problems problems) {
    boolean hasModules =
        pools.of(method.pool()).stream()
            .anyMatch(declaration -> !declaration.use().list("modules").isEmpty());
    if (!type.isMakeable() && !hasModules) {
      problems.report(
          DiagnosticId.ASYNC_NO_TARGET,
          pools.place(type, method, method.element()),
          method.signature(),
          SourceNames.type(type.element()),
          method.pool(),
          whyNotMakeable(type.element()));
    }
  }

  private static String whyNotMakeable(TypeElement type) {
    return switch (type.getKind()) {
      case INTERFACE -> "it is an interface";
      case ENUM -> "it is an enum";
      default ->
          type.getModifiers().contains(Modifier.ABSTRACT)
              ? "it is abstract"
              : "it has no accessible constructor without parameters";
    };
  }

  private static void checkState(TypeElement type, String pool, Problems problems) {
    for (VariableElement field : ElementFilter.fieldsIn(type.getEnclosedElements())) {
      if (!field.getModifiers().contains(Modifier.STATIC)
          && !field.getModifiers().contains(Modifier.FINAL)) {
        problems.report(
            DiagnosticId.ASYNC_WORKER_STATE,
            field,
            field.getSimpleName(),
            SourceNames.type(type),
            pool);
      }
    }
  }
}
