package dev.poolwright.processor;

import com.palantir.javapoet.ClassName;
import dev.poolwright.processor.check.TravelCheck;
import dev.poolwright.processor.check.TypeCheck;
import dev.poolwright.processor.model.AnnotatedType;
import dev.poolwright.processor.model.AnnotationUse;
import dev.poolwright.processor.model.AsyncMethod;
import dev.poolwright.processor.model.DiagnosticId;
import dev.poolwright.processor.model.Problems;
import dev.poolwright.processor.model.ProxyNames;
import dev.poolwright.processor.model.SourceNames;
import dev.poolwright.processor.read.BatchNames;
import dev.poolwright.processor.read.Lombok;
import dev.poolwright.processor.read.TypeReader;
import dev.poolwright.processor.read.Unresolved;
import dev.poolwright.processor.report.InternalFailure;
import dev.poolwright.processor.report.LintOption;
import dev.poolwright.processor.report.Reporter;
import dev.poolwright.processor.write.GeneratedFiles;
import dev.poolwright.processor.write.NameClashes;
import dev.poolwright.processor.write.ProxyPlan;
import dev.poolwright.processor.write.ProxyWriter;
import dev.poolwright.processor.write.TravelVerdict;
import dev.poolwright.processor.write.VisibleTypes;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/**
 * Writes for each class with {@code @Async} methods the proxy that submits them, and checks what
 * one class alone can tell. Isolating: each proxy depends on one class and its supertypes.
 */
public final class AsyncProcessor extends AbstractProcessor {

  /** Names of the classes that wait for types which other processors may write. */
  private Set<String> waiting = Set.of();

  /** Names of the types that stand in sources, and of the proxies written. */
  private final Set<String> taken = new HashSet<>();

  /** Called by the compiler. */
  public AsyncProcessor() {}

  @Override
  public Set<String> getSupportedAnnotationTypes() {
    return AnnotationUse.OF_METHODS;
  }

  @Override
  public Set<String> getSupportedOptions() {
    return Set.of(LintOption.NAME);
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  /** Claims nothing: the other processor comes after it. */
  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    Elements elements = processingEnv.getElementUtils();
    Problems problems = new Problems();
    Reporter reporter = new Reporter(processingEnv);
    TypeReader reader = new TypeReader(processingEnv.getTypeUtils(), elements, problems);
    round.getRootElements().forEach(root -> taken.add(root.toString()));
    Set<TypeElement> types = new LinkedHashSet<>();
    waiting.stream().map(elements::getTypeElement).filter(Objects::nonNull).forEach(types::add);
    AnnotationUse.holders(annotations, round).stream()
        .filter(TypeElement.class::isInstance)
        .forEach(each -> types.add((TypeElement) each));
    Unresolved unresolved = new Unresolved(proxiesOf(types));
    VisibleTypes visible = new VisibleTypes(elements);
    TravelVerdict travel = travel();
    GeneratedFiles files = new GeneratedFiles();
    Set<String> incomplete = new LinkedHashSet<>();
    for (TypeElement type : types) {
      InternalFailure.guard(
          type,
          problems,
          () -> {
            boolean mayChange = !waiting.contains(nameOf(type)) && Lombok.mayChange(type);
            if (round.processingOver() || (!mayChange && reader.isComplete(type, unresolved))) {
              AnnotatedType read = reader.read(type, unresolved);
              plan(read, visible, problems)
                  .map(plan -> new ProxyWriter(elements, visible, travel, plan).write())
                  .ifPresent(proxy -> files.add(proxy, type));
            } else {
              incomplete.add(nameOf(type));
            }
          });
    }
    files.write(processingEnv.getFiler(), problems);
    reporter.print(problems);
    waiting = incomplete;
    return false;
  }

  private static String nameOf(TypeElement type) {
    return type.getQualifiedName().toString();
  }

  private static Set<String> proxiesOf(Set<TypeElement> types) {
    return types.stream()
        .map(type -> ProxyNames.proxyOf(type).simpleName())
        .collect(Collectors.toSet());
  }

  /** The plan of a proxy; empty when its name is taken. */
  private Optional<ProxyPlan> plan(AnnotatedType type, VisibleTypes visible, Problems problems) {
    Elements elements = processingEnv.getElementUtils();
    TypeCheck.ALL.forEach(check -> check.check(type, problems));
    Map<AsyncMethod, String> batches = BatchNames.of(type, problems);
    ClassName proxy = type.proxy();
    if (!taken.add(proxy.canonicalName())) {
      problems.report(
          DiagnosticId.ASYNC_NAME_TAKEN,
          type.element(),
          proxy.simpleName(),
          "the proxy of " + SourceNames.type(type.element()));
      return Optional.empty();
    }
    return Optional.of(
        new ProxyPlan(
            type,
            batches,
            new NameClashes(elements, visible, type.element(), proxy.packageName())));
  }

  private TravelVerdict travel() {
    var check = new TravelCheck(processingEnv.getTypeUtils(), processingEnv.getElementUtils());
    return (type, method) -> check.problem(method.element(), method.type(), method.result());
  }
}
