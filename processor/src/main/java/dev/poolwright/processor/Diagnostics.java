package dev.poolwright.processor;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.Messager;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.PackageElement;
import javax.tools.Diagnostic.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Says each mistake once, at the narrowest place, as heavy as the lint option wants it. Confined to
 * the compiler's thread.
 */
final class Diagnostics {

  private final Messager messager;
  private final LintOption lint;
  private final Optional<RepeatedAnnotations> repeated;
  private final boolean isEcj;
  private final Set<Said> said = new HashSet<>();

  /** One mistake; positions of one mistake may differ, as those of a conflict do. */
  private record Said(DiagnosticId id, Element element, List<?> arguments) {}

  Diagnostics(ProcessingEnvironment environment) {
    this(
        environment.getMessager(),
        LintOption.read(environment.getOptions().get(LintOption.NAME)),
        repeatedIn(environment),
        environment.getClass().getName().startsWith("org.eclipse."));
  }

  private Diagnostics(
      Messager messager, LintOption lint, Optional<RepeatedAnnotations> repeated, boolean isEcj) {
    this.messager = messager;
    this.lint = lint;
    this.repeated = repeated;
    this.isEcj = isEcj;
  }

  private static Optional<RepeatedAnnotations> repeatedIn(ProcessingEnvironment environment) {
    try {
      return RepeatedAnnotations.in(environment);
    } catch (LinkageError notJavac) {
      return Optional.empty(); // another compiler has no com.sun.source
    }
  }

  /** Says nothing: for reading again what was reported before. */
  static Diagnostics silent() {
    return new Diagnostics(new Silence(), LintOption.read(null), Optional.empty(), false);
  }

  /** Says what is wrong with the lint option itself; once a compilation, so in one processor. */
  void reportLintOption() {
    lint.mistakes().forEach(text -> messager.printMessage(Kind.WARNING, text));
  }

  /** Reports at an element; arguments as {@link DiagnosticId#text} takes them. */
  void report(DiagnosticId id, Element element, Object... arguments) {
    report(id, element, null, null, arguments);
  }

  /** Reports at an annotation of an element. */
  void report(DiagnosticId id, Element element, AnnotationMirror mirror, Object... arguments) {
    report(id, element, mirror, null, arguments);
  }

  /**
   * Reports at the narrowest place that is given.
   *
   * @param element what has the mistake; its {@code @SuppressWarnings} and those around it count
   * @param mirror an annotation on the element, or null
   * @param value a value of the annotation, or null; only with a mirror
   * @param arguments as {@link DiagnosticId#text} takes them
   */
  void report(
      DiagnosticId id,
      Element element,
      @Nullable AnnotationMirror mirror,
      @Nullable AnnotationValue value,
      Object... arguments) {
    boolean isAnnotatable =
        !(element instanceof PackageElement || element instanceof ModuleElement);
    String text = isAnnotatable ? id.text(arguments) : id.textWithOption(arguments);
    Optional<Kind> kind = admit(id, element, arguments);
    if (kind.isEmpty()) {
      return;
    }
    if (mirror != null
        && repeated.isPresent()
        && repeated.get().print(kind.get(), text, element, mirror, value)) {
      return;
    }
    if (mirror == null) {
      messager.printMessage(kind.get(), text, place(element));
    } else if (value == null) {
      messager.printMessage(kind.get(), text, element, mirror);
    } else {
      messager.printMessage(kind.get(), text, element, mirror, value);
    }
  }

  /**
   * Where the compiler of Eclipse knows file and line: not of all parameters, nor of their types.
   */
  private Element place(Element element) {
    ElementKind kind = element.getKind();
    boolean isParameter = kind == ElementKind.PARAMETER || kind == ElementKind.TYPE_PARAMETER;
    Element around = element.getEnclosingElement();
    return isEcj && isParameter && around != null ? around : element;
  }

  /**
   * Decides about a diagnostic that somebody else prints, and remembers it as said.
   *
   * @return how heavy it is; empty when it is off, suppressed or said before
   */
  Optional<Kind> admit(DiagnosticId id, Element element, Object... arguments) {
    return lint.kind(id)
        .filter(kind -> id.severity() == Severity.ERROR || !isSuppressed(id, element))
        .filter(kind -> said.add(new Said(id, element, texts(arguments))));
  }

  /** Whether the element, or one around it, accepts the warning. */
  static boolean isSuppressed(DiagnosticId id, Element element) {
    for (Element at = element; at != null; at = at.getEnclosingElement()) {
      if (at.getAnnotationMirrors().stream().anyMatch(mirror -> accepts(mirror, id))) {
        return true;
      }
    }
    return false;
  }

  /** Reads the mirror, not the annotation: half-written ones make the annotation throw. */
  private static boolean accepts(AnnotationMirror mirror, DiagnosticId id) {
    return mirror.getAnnotationType().toString().equals("java.lang.SuppressWarnings")
        && mirror.getElementValues().values().stream()
            .anyMatch(
                value ->
                    value.getValue() instanceof List<?> tags
                        && tags.stream().anyMatch(tag -> isTag(tag, id)));
  }

  private static boolean isTag(Object tag, DiagnosticId id) {
    return tag instanceof AnnotationValue value
        && (id.tag().equals(value.getValue()) || "all".equals(value.getValue()));
  }

  private static List<String> texts(Object[] arguments) {
    return Arrays.stream(arguments).map(String::valueOf).toList();
  }

  /** Prints nothing. */
  private static final class Silence implements Messager {
    @Override
    public void printMessage(Kind kind, CharSequence text) {}

    @Override
    public void printMessage(Kind kind, CharSequence text, Element element) {}

    @Override
    public void printMessage(
        Kind kind, CharSequence text, Element element, AnnotationMirror mirror) {}

    @Override
    public void printMessage(
        Kind kind,
        CharSequence text,
        Element element,
        AnnotationMirror mirror,
        AnnotationValue value) {}
  }
}
