package dev.poolwright.processor.read;

import dev.poolwright.annotation.Async;
import dev.poolwright.processor.model.AnnotatedType;
import dev.poolwright.processor.model.AnnotationUse;
import dev.poolwright.processor.model.AsyncMethod;
import dev.poolwright.processor.model.DiagnosticId;
import dev.poolwright.processor.model.Problems;
import dev.poolwright.processor.model.SourceNames;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.AnnotationValue;

/** Chooses the names of batch methods; of two that would be one method the first has it. */
public final class BatchNames {

  private final AnnotatedType type;
  private final Problems problems;
  private final Map<String, AsyncMethod> taken = new HashMap<>();
  private final Map<AsyncMethod, String> names = new LinkedHashMap<>();

  private BatchNames(AnnotatedType type, Problems problems) {
    this.type = type;
    this.problems = problems;
  }

  /** The name for each method that has a batch. */
  public static Map<AsyncMethod, String> of(AnnotatedType type, Problems problems) {
    BatchNames chosen = new BatchNames(type, problems);
    type.methods().forEach(chosen::choose);
    return chosen.names;
  }

  private void choose(AsyncMethod method) {
    int inputs = method.parameters().size();
    if (inputs == 0 || method.batch().equals(Async.NONE)) {
      return;
    }
    String name = method.batch().isEmpty() ? method.name() + "All" : method.batch();
    if (!SourceVersion.isIdentifier(name) || SourceVersion.isKeyword(name)) {
      report(
          DiagnosticId.ASYNC_BAD_NAME,
          method,
          "batch",
          name,
          "a method",
          "a Java identifier, as " + method.name() + "All, or Async.NONE");
      return;
    }
    String batch = name + "(" + String.join(", ", Collections.nCopies(inputs, "Iterable")) + ")";
    if (type.methods().stream().anyMatch(each -> isSame(each, name, inputs))) {
      report(
          DiagnosticId.ASYNC_NAME_TAKEN,
          method,
          batch,
          "the batch method of " + method.signature());
      return;
    }
    AsyncMethod first = taken.putIfAbsent(batch, method);
    if (first == null) {
      names.put(method, name);
    } else {
      report(DiagnosticId.ASYNC_BATCH_CLASH, first, first.signature(), method.signature(), batch);
      report(DiagnosticId.ASYNC_BATCH_CLASH, method, method.signature(), first.signature(), batch);
    }
  }

  /** Whether a submitted method would hide the batch method. */
  private static boolean isSame(AsyncMethod method, String name, int inputs) {
    return method.name().equals(name)
        && method.parameters().size() == inputs
        && method.type().getParameterTypes().stream()
            .allMatch(each -> SourceNames.is(each, "java.lang.Iterable"));
  }

  private void report(DiagnosticId id, AsyncMethod method, Object... arguments) {
    AnnotationUse use = method.use();
    if (Objects.equals(use.holder(), method.element())) {
      AnnotationValue value = use.given("batch").orElse(null);
      problems.report(id, use.holder(), use.mirror(), value, arguments);
    } else {
      boolean isOwn = Members.typeOf(method.element()).equals(type.element());
      problems.report(id, isOwn ? method.element() : type.element(), arguments);
    }
  }
}
