package dev.poolwright.processor;

import com.palantir.javapoet.JavaFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/**
 * Writes for each class with {@code @Async} methods the proxy that submits them, and checks what
 * one class alone can tell. Isolating: each proxy depends on one class and its supertypes.
 */
public final class AsyncProcessor extends AbstractProcessor {

  /** Names of the classes that wait for types which other processors may write. */
  private Set<String> waiting = Set.of();

  /** Called by the compiler. */
  public AsyncProcessor() {}

  @Override
  public Set<String> getSupportedAnnotationTypes() {
    return Set.of(AnnotationUse.ASYNC, AnnotationUse.CALLBACK);
  }

  @Override
  public Set<String> getSupportedOptions() {
    return Set.of(LintOption.NAME);
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    Elements elements = processingEnv.getElementUtils();
    Diagnostics diagnostics = new Diagnostics(processingEnv);
    TypeReader reader = new TypeReader(processingEnv.getTypeUtils(), elements, diagnostics);
    Set<TypeElement> types = new LinkedHashSet<>();
    waiting.forEach(name -> types.add(elements.getTypeElement(name)));
    types.addAll(annotated(round));
    Unresolved unresolved = new Unresolved(promised(types));
    Set<String> incomplete = new LinkedHashSet<>();
    for (TypeElement type : types) {
      try {
        if (round.processingOver() || reader.isComplete(type, unresolved)) {
          write(reader.read(type, unresolved));
        } else {
          incomplete.add(type.getQualifiedName().toString());
        }
      } catch (RuntimeException | IOException e) {
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace, true));
        diagnostics.report(DiagnosticId.ASYNC_INTERNAL, type, SourceNames.type(type), trace);
      }
    }
    waiting = incomplete;
    return false;
  }

  private Set<String> promised(Set<TypeElement> types) {
    return types.stream()
        .map(type -> AnnotatedType.proxyOf(type).simpleName())
        .collect(Collectors.toSet());
  }

  private Set<TypeElement> annotated(RoundEnvironment round) {
    Set<TypeElement> types = new LinkedHashSet<>();
    for (String annotation : Set.of(AnnotationUse.ASYNC, AnnotationUse.CALLBACK)) {
      TypeElement element = processingEnv.getElementUtils().getTypeElement(annotation);
      if (element != null) {
        for (Element each : round.getElementsAnnotatedWith(element)) {
          types.add(
              each instanceof TypeElement type ? type : (TypeElement) each.getEnclosingElement());
        }
      }
    }
    return types;
  }

  private void write(AnnotatedType type) throws IOException {
    Map<AsyncMethod, String> batches = new HashMap<>();
    for (AsyncMethod method : type.methods()) {
      if (!method.parameters().isEmpty()) {
        batches.put(method, method.name() + "All");
      }
    }
    JavaFile file =
        new ProxyWriter(
                processingEnv.getElementUtils(), TravelVerdict.ALWAYS, new ProxyPlan(type, batches))
            .write();
    try (Writer out =
        processingEnv
            .getFiler()
            .createSourceFile(type.proxy().canonicalName(), type.element())
            .openWriter()) {
      out.write(GeneratedText.of(file));
    }
  }
}
