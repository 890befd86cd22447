package dev.poolwright.processor.read;

import static java.util.stream.Collectors.joining;

import dev.poolwright.annotation.wording.NearestName;
import dev.poolwright.processor.model.AsyncMethod;
import dev.poolwright.processor.model.CallbackMatch;
import dev.poolwright.processor.model.CallbackMatch.Form;
import dev.poolwright.processor.model.CallbackMethod;
import dev.poolwright.processor.model.DiagnosticId;
import dev.poolwright.processor.model.Problems;
import dev.poolwright.processor.model.RuntimeNames;
import dev.poolwright.processor.model.SourceNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/**
 * Finds the methods of each callback: by the name it gives, and by what it takes. A named callback
 * may take a supertype of the result, a bare one takes it exactly.
 */
final class CallbackMatcher {

  private static final String TASK = RuntimeNames.TASK.canonicalName();
  private static final String NONE_YET = "Put @Async on the method whose task it waits for.";

  private final Types types;
  private final Elements elements;
  private final Problems problems;

  CallbackMatcher(Types types, Elements elements, Problems problems) {
    this.types = types;
    this.elements = elements;
    this.problems = problems;
  }

  /**
   * Every pair that fits; what does not fit is reported.
   *
   * @param leftOut {@code @Async} methods with a mistake that was reported: a callback that may
   *     mean one of them is no second mistake
   */
  List<CallbackMatch> match(
      TypeElement type,
      List<AsyncMethod> methods,
      List<ExecutableElement> leftOut,
      List<CallbackMethod> callbacks) {
    List<CallbackMatch> matches = new ArrayList<>();
    for (CallbackMethod callback : callbacks) {
      boolean isCertain = leftOut.stream().noneMatch(each -> mayMean(callback, each));
      matches.addAll(
          callback.isBare()
              ? bare(type, methods, callback, isCertain)
              : named(type, methods, callback, isCertain));
    }
    new CallbackCycles(problems).check(type, matches);
    return matches;
  }

  private static boolean mayMean(CallbackMethod callback, ExecutableElement method) {
    return callback.isBare()
        || method.getSimpleName().contentEquals(callback.wanted().split("\\(", 2)[0].strip());
  }

  private List<CallbackMatch> bare(
      TypeElement type, List<AsyncMethod> methods, CallbackMethod callback, boolean isCertain) {
    List<CallbackMatch> matches =
        methods.stream()
            .filter(method -> !method.element().equals(callback.element()))
            .flatMap(method -> fit(callback, method, true).stream())
            .toList();
    if (matches.isEmpty() && isCertain) {
      reportUnused(type, methods, callback);
    }
    return matches;
  }

  private List<CallbackMatch> named(
      TypeElement type, List<AsyncMethod> methods, CallbackMethod callback, boolean isCertain) {
    String wanted = callback.wanted().replaceAll("\\s+", "");
    List<AsyncMethod> candidates =
        methods.stream()
            .filter(
                each ->
                    each.name().equals(wanted) || each.signature().replace(" ", "").equals(wanted))
            .toList();
    if (candidates.isEmpty() && isCertain) {
      reportUnknown(type, methods, callback);
    }
    List<CallbackMatch> matches =
        candidates.stream().flatMap(method -> fit(callback, method, false).stream()).toList();
    if (matches.isEmpty() && !candidates.isEmpty() && isCertain) {
      reportMismatch(type, candidates.get(0), callback);
    } else if (matches.size() > 1) {
      reportAmbiguous(type, matches, callback);
      return List.of();
    }
    return matches;
  }

  private Optional<CallbackMatch> fit(
      CallbackMethod callback, AsyncMethod method, boolean isExact) {
    return form(callback, method, isExact).map(form -> new CallbackMatch(method, callback, form));
  }

  private Optional<Form> form(CallbackMethod callback, AsyncMethod method, boolean isExact) {
    List<? extends TypeMirror> parameters = callback.parameterTypes();
    return switch (parameters.size()) {
      case 0 -> when(isVoid(method), Form.VOID_SUCCESS);
      case 1 -> single(parameters.get(0), method, isExact);
      case 2 ->
          when(
              isThrowable(parameters.get(1))
                  && !parameters.get(0).getKind().isPrimitive()
                  && accepts(parameters.get(0), method, isExact),
              Form.EITHER);
      default -> Optional.empty();
    };
  }

  private Optional<Form> single(TypeMirror parameter, AsyncMethod method, boolean isExact) {
    if (isThrowable(parameter)) {
      return Optional.of(Form.FAILURE);
    }
    if (isTask(parameter)) {
      return when(acceptsTask(parameter, method), Form.DONE);
    }
    return when(accepts(parameter, method, isExact), Form.SUCCESS);
  }

  private static Optional<Form> when(boolean fits, Form form) {
    return fits ? Optional.of(form) : Optional.empty();
  }

  private boolean accepts(TypeMirror parameter, AsyncMethod method, boolean isExact) {
    TypeMirror taken =
        parameter.getKind().isPrimitive()
            ? types.boxedClass((PrimitiveType) parameter).asType()
            : parameter;
    TypeMirror result = method.isGeneric() ? types.erasure(method.result()) : method.result();
    return isExact ? types.isSameType(taken, result) : types.isAssignable(result, taken);
  }

  private boolean acceptsTask(TypeMirror parameter, AsyncMethod method) {
    TypeElement task = elements.getTypeElement(TASK);
    TypeMirror result = method.isGeneric() ? types.erasure(method.result()) : method.result();
    return task != null && types.isAssignable(types.getDeclaredType(task, result), parameter);
  }

  private static boolean isTask(TypeMirror type) {
    return SourceNames.is(type, TASK);
  }

  private static boolean isThrowable(TypeMirror type) {
    return SourceNames.is(type, "java.lang.Throwable");
  }

  private static boolean isVoid(AsyncMethod method) {
    return SourceNames.is(method.result(), "java.lang.Void");
  }

  private void reportUnused(TypeElement type, List<AsyncMethod> methods, CallbackMethod callback) {
    List<String> results = methods.stream().map(CallbackMatcher::result).distinct().toList();
    report(
        DiagnosticId.CALLBACK_UNUSED,
        type,
        callback,
        callback.signature(),
        SourceNames.type(type),
        results.isEmpty() ? "which has none" : "whose results are " + String.join(", ", results),
        results.isEmpty() ? NONE_YET : "Take one of them, or name the method.");
  }

  private void reportUnknown(TypeElement type, List<AsyncMethod> methods, CallbackMethod callback) {
    List<String> names = methods.stream().map(AsyncMethod::name).distinct().toList();
    List<String> signatures = methods.stream().map(AsyncMethod::signature).toList();
    report(
        DiagnosticId.CALLBACK_UNKNOWN_METHOD,
        type,
        callback,
        SourceNames.type(type),
        "\"" + callback.wanted() + "\"",
        signatures.isEmpty() ? "none" : String.join(", ", signatures),
        NearestName.hint(
            callback.wanted(),
            callback.wanted().contains("(") ? signatures : names,
            methods.isEmpty() ? NONE_YET : "Name one of its @Async methods."));
  }

  private void reportMismatch(TypeElement type, AsyncMethod method, CallbackMethod callback) {
    report(
        DiagnosticId.CALLBACK_MISMATCH,
        type,
        callback,
        callback.signature(),
        method.signature(),
        result(method),
        forms(method));
  }

  private static String forms(AsyncMethod method) {
    String result = SourceNames.type(method.result());
    String success = isVoid(method) ? "()" : "(" + result(method) + ")";
    return String.join(", ", success, "(Throwable)", "(" + result + ", Throwable)")
        + " or (Task<"
        + result
        + ">)";
  }

  private static String result(AsyncMethod method) {
    TypeMirror returned = method.type().getReturnType();
    boolean isWritten = returned.getKind().isPrimitive() || returned.getKind() == TypeKind.VOID;
    return SourceNames.type(isWritten ? returned : method.result());
  }

  private void reportAmbiguous(
      TypeElement type, List<CallbackMatch> matches, CallbackMethod callback) {
    report(
        DiagnosticId.CALLBACK_AMBIGUOUS,
        type,
        callback,
        "\"" + callback.wanted() + "\"",
        matches.stream().map(match -> match.method().signature()).collect(joining(" and ")),
        callback.signature(),
        matches.get(0).method().signature());
  }

  /** At the value, else at the annotation; inherited callbacks were reported in their own class. */
  private void report(
      DiagnosticId id, TypeElement type, CallbackMethod callback, Object... arguments) {
    Element holder = callback.use().holder();
    if (type.equals(holder.getEnclosingElement())) {
      problems.report(
          id,
          holder,
          callback.use().mirror(),
          callback.use().given("value").orElse(null),
          arguments);
    }
  }
}
