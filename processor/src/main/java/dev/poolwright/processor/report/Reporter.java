package dev.poolwright.processor.report;

import dev.poolwright.processor.model.DiagnosticId;
import dev.poolwright.processor.model.Problem;
import dev.poolwright.processor.model.Problems;
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

/**
 * Prints each problem once, at the narrowest place, as heavy as the lint option wants it. Confined
 * to the compiler's thread.
 */
public final class Reporter {

  private final Messager messager;
  private final LintOption lint;
  private final Optional<RepeatedAnnotations> repeated;
  private final boolean isEcj;
  private final Set<Said> said = new HashSet<>();

  /** One mistake; positions of one mistake may differ, as those of a conflict do. */
  private record Said(DiagnosticId id, Element element, List<String> arguments) {}

  /** Prints with the compiler's messager, by the options of the compilation. */
  public Reporter(ProcessingEnvironment environment) {
    this.messager = environment.getMessager();
    this.lint = LintOption.read(environment.getOptions().get(LintOption.NAME));
    this.repeated = repeatedIn(environment);
    this.isEcj = environment.getClass().getName().startsWith("org.eclipse.");
  }

  private static Optional<RepeatedAnnotations> repeatedIn(ProcessingEnvironment environment) {
    try {
      return RepeatedAnnotations.in(environment);
    } catch (LinkageError notJavac) {
      return Optional.empty(); // another compiler has no com.sun.source
    }
  }

  /** Says what is wrong with the lint option itself; once a compilation, so in one processor. */
  public void printLintOption() {
    lint.mistakes().forEach(text -> messager.printMessage(Kind.WARNING, text));
  }

  /** Prints a note of no place. */
  public void printNote(String text) {
    messager.printMessage(Kind.NOTE, text);
  }

  /** Prints what was found, but for what is off, suppressed or said before. */
  public void print(Problems problems) {
    problems.taken().forEach(this::print);
  }

  private void print(Problem problem) {
    Element element = problem.element();
    boolean isAnnotatable =
        !(element instanceof PackageElement || element instanceof ModuleElement);
    Object[] arguments = problem.arguments().toArray();
    String text =
        isAnnotatable ? problem.id().text(arguments) : problem.id().textWithOption(arguments);
    kindOf(problem).ifPresent(kind -> print(kind, text, problem));
  }

  private void print(Kind kind, String text, Problem problem) {
    Element element = problem.element();
    AnnotationMirror mirror = problem.mirror();
    AnnotationValue value = problem.value();
    if (mirror == null) {
      messager.printMessage(kind, text, place(element));
    } else if (repeated.isEmpty() || !repeated.get().print(kind, text, element, mirror, value)) {
      if (value == null) {
        messager.printMessage(kind, text, element, mirror);
      } else {
        messager.printMessage(kind, text, element, mirror, value);
      }
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

  /** How heavy it is; empty when it is not to be said. */
  private Optional<Kind> kindOf(Problem problem) {
    DiagnosticId id = problem.id();
    Element element = problem.element();
    List<String> texts = problem.arguments().stream().map(String::valueOf).toList();
    return lint.kind(id, element).filter(kind -> said.add(new Said(id, element, texts)));
  }
}
