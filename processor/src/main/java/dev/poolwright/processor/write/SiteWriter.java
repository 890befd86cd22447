package dev.poolwright.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import dev.poolwright.processor.model.AsyncMethod;
import dev.poolwright.processor.model.CallbackMatch;
import dev.poolwright.processor.model.CallbackMatch.Form;
import dev.poolwright.processor.model.RuntimeNames;
import java.util.ArrayList;
import java.util.List;

/** Writes the expression that opens the call site of one method. */
final class SiteWriter {

  private final ProxyPlan proxy;
  private final TravelVerdict travel;
  private final Scope scope;
  private final String pools;

  /**
   * Writes inside the proxy's constructor.
   *
   * @param scope the names that the constructor uses
   * @param pools its parameter
   */
  SiteWriter(ProxyPlan proxy, TravelVerdict travel, Scope scope, String pools) {
    this.proxy = proxy;
    this.travel = travel;
    this.scope = scope;
    this.pools = pools;
  }

  /** The expression, with the space or line break before it. */
  CodeBlock write(MethodPlan plan) {
    AsyncMethod method = plan.method();
    List<CodeBlock> steps = new ArrayList<>();
    steps.add(start(method));
    if (method.isStage()) {
      steps.add(CodeBlock.of("returnsStage()"));
    }
    if (!method.timeout().isEmpty()) {
      steps.add(CodeBlock.of("timeout($S)", method.timeout()));
    }
    method.retries().ifPresent(times -> steps.add(CodeBlock.of("retries($L)", times)));
    travel
        .problem(proxy.type(), method)
        .ifPresent(path -> steps.add(CodeBlock.of("cannotTravel($S)", path)));
    if (!method.isStatic() && !proxy.type().isMakeable()) {
      steps.add(CodeBlock.of("needsModules()"));
    }
    for (CallbackMatch match : proxy.type().callbacksOf(method)) {
      steps.add(callback(plan, match));
    }
    steps.add(CodeBlock.of("open($L)", pools));
    return steps.size() == 2
        ? CodeBlock.of("$W$L", CodeBlock.join(steps, "."))
        : CodeBlock.of("\n$>$>$L$<$<", CodeBlock.join(steps, "\n    ."));
  }

  private CodeBlock start(AsyncMethod method) {
    boolean isGeneric = !proxy.typeVariables().isEmpty();
    return CodeBlock.of(
        "$T.$L$L($T.class, $S, $S)",
        RuntimeNames.CALL_SITE,
        isGeneric ? CodeBlock.of("<$T>", proxy.targetType()) : CodeBlock.of(""),
        method.isStatic() ? "ofStatic" : "of",
        proxy.name(),
        method.signature(),
        method.pool());
  }

  private CodeBlock callback(MethodPlan plan, CallbackMatch match) {
    Scope names = scope.inner();
    String target = names.newName("target");
    List<CodeBlock> taken = new ArrayList<>();
    List<String> passed = new ArrayList<>();
    taken.add(CodeBlock.of("$T $L", proxy.targetType(), target));
    List<TypeName> types = takenTypes(plan, match.form());
    for (int i = 0; i < types.size(); i++) {
      String wanted =
          match.form() == Form.VOID_SUCCESS
              ? "none"
              : match.callback().element().getParameters().get(i).getSimpleName().toString();
      String name = names.newName(wanted);
      taken.add(CodeBlock.of("$T $L", types.get(i), name));
      if (match.form() != Form.VOID_SUCCESS) {
        passed.add(name);
      }
    }
    return CodeBlock.of(
        "$L($S,$>$>$W($L) -> $L($L)$<$<)",
        match.form().adder(),
        match.callback().signature(),
        CodeBlock.join(taken, ", "),
        callee(match, target),
        String.join(", ", passed));
  }

  private List<TypeName> takenTypes(MethodPlan plan, Form form) {
    AsyncMethod method = plan.method();
    TypeName result =
        method.isGeneric()
            ? ClassName.OBJECT
            : plan.types().of(method.result()).box().withoutAnnotations();
    TypeName failure = ClassName.get(Throwable.class);
    return switch (form) {
      case SUCCESS -> List.of(result);
      case VOID_SUCCESS -> List.of(ClassName.get(Void.class));
      case FAILURE -> List.of(failure);
      case EITHER -> List.of(result, failure);
      case DONE -> List.of(ParameterizedTypeName.get(RuntimeNames.TASK, result));
    };
  }

  /** A callback that is itself submitted goes through the proxy's own method. */
  private CodeBlock callee(CallbackMatch match, String target) {
    String name = match.callback().element().getSimpleName().toString();
    if (match.callback().isAsync()) {
      return CodeBlock.of("$L", name);
    }
    if (match.callback().isStatic()) {
      return CodeBlock.of("$T.$L", proxy.name(), name);
    }
    return CodeBlock.of("$L.$L", match.method().isStatic() ? proxy.target() : target, name);
  }
}
