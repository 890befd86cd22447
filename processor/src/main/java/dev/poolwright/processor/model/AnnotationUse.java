package dev.poolwright.processor.model;

import dev.poolwright.annotation.PoolKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;

/**
 * One annotation where it stands. Tells explicit values from defaults, which the annotation itself
 * cannot.
 *
 * @param holder what it stands on
 * @param mirror the annotation
 */
public record AnnotationUse(Element holder, AnnotationMirror mirror) {

  public static final String ASYNC = "dev.poolwright.annotation.Async";
  public static final String CALLBACK = "dev.poolwright.annotation.Callback";

  /** The annotations of methods. */
  public static final Set<String> OF_METHODS = Set.of(ASYNC, CALLBACK);

  /** The annotations that declare pools by themselves, and the kinds of those pools. */
  public static final Map<String, PoolKind> POOLS =
      Map.of(
          "dev.poolwright.annotation.ThreadPool", PoolKind.THREAD,
          "dev.poolwright.annotation.VirtualPool", PoolKind.VIRTUAL,
          "dev.poolwright.annotation.ProcessPool", PoolKind.PROCESS,
          "dev.poolwright.annotation.ClusterPool", PoolKind.CLUSTER);

  /** What follows the name of one of them in that of the annotation that holds several. */
  public static final String LIST = ".List";

  /** The annotation of a name, if the element has it and is no {@linkplain #isTwin twin}. */
  public static Optional<AnnotationUse> find(Element holder, String annotation) {
    return holder.getAnnotationMirrors().stream()
        .filter(mirror -> nameOf(mirror).equals(annotation))
        .findFirst()
        .filter(mirror -> !isTwin(holder))
        .map(mirror -> new AnnotationUse(holder, mirror));
  }

  /**
   * Whether a method is the second one of what Kotlin's {@code @JvmStatic} makes of one function of
   * a companion: a static method of the class around it has the same annotations, and is the one
   * that can be called.
   */
  private static boolean isTwin(Element holder) {
    return holder instanceof ExecutableElement
        && !holder.getModifiers().contains(Modifier.STATIC)
        && holder.getAnnotationMirrors().stream()
            .anyMatch(mirror -> nameOf(mirror).equals("kotlin.jvm.JvmStatic"));
  }

  /** All annotations that declare pools by themselves, in source order, also repeated ones. */
  public static List<AnnotationUse> poolDeclarations(Element holder) {
    List<AnnotationUse> found = new ArrayList<>();
    for (AnnotationMirror mirror : holder.getAnnotationMirrors()) {
      String name = nameOf(mirror);
      if (POOLS.containsKey(name)) {
        found.add(new AnnotationUse(holder, mirror));
      } else if (name.endsWith(LIST)
          && POOLS.containsKey(name.substring(0, name.length() - LIST.length()))) {
        new AnnotationUse(holder, mirror)
            .list("value").stream()
                .filter(value -> value.getValue() instanceof AnnotationMirror)
                .map(value -> new AnnotationUse(holder, (AnnotationMirror) value.getValue()))
                .forEach(found::add);
      }
    }
    return found;
  }

  /**
   * The classes and packages that have one of these annotations, on themselves or on a member.
   * Without those that the compiler gives up itself.
   *
   * @param annotations those that the round has: each look goes through everything in it
   */
  public static Set<Element> holders(
      Set<? extends TypeElement> annotations, RoundEnvironment round) {
    Set<Element> holders = new LinkedHashSet<>();
    if (!annotations.isEmpty()) {
      TypeElement[] wanted = annotations.toArray(new TypeElement[0]);
      for (Element each : round.getElementsAnnotatedWithAny(wanted)) {
        boolean isHolder = each instanceof TypeElement || each instanceof PackageElement;
        Element holder = isHolder ? each : Objects.requireNonNull(each.getEnclosingElement());
        if (WellFormed.is(holder) && !isTwin(each)) {
          holders.add(holder);
        }
      }
    }
    return holders;
  }

  private static String nameOf(AnnotationMirror mirror) {
    return ((TypeElement) mirror.getAnnotationType().asElement()).getQualifiedName().toString();
  }

  /** The kind of pool that it speaks of; empty where it leaves that open. */
  public Optional<PoolKind> kind() {
    return Optional.ofNullable(POOLS.get(nameOf(mirror)))
        .or(
            () ->
                constant("kind")
                    .flatMap(
                        name ->
                            Arrays.stream(PoolKind.values())
                                .filter(kind -> kind.name().equals(name))
                                .findFirst()));
  }

  public boolean is(String annotation) {
    return nameOf(mirror).equals(annotation);
  }

  /** The names of the explicit values, in source order. */
  public List<String> given() {
    return mirror.getElementValues().keySet().stream()
        .map(key -> key.getSimpleName().toString())
        .toList();
  }

  /** An explicit value. */
  public Optional<AnnotationValue> given(String name) {
    return mirror.getElementValues().entrySet().stream()
        .filter(entry -> entry.getKey().getSimpleName().contentEquals(name))
        .<AnnotationValue>map(Map.Entry::getValue)
        .findFirst();
  }

  /** A text, explicit or default; empty when it does not compile. */
  public String text(String name) {
    return value(name).map(value -> String.valueOf(value.getValue())).orElse("");
  }

  /** The values of an array, explicit or default. */
  public List<AnnotationValue> list(String name) {
    Object value = value(name).map(AnnotationValue::getValue).orElse(List.of());
    return value instanceof List<?> values
        ? values.stream().map(AnnotationValue.class::cast).toList()
        : List.of();
  }

  /** A value as it was written, of an enum the name of the constant alone. */
  public static String written(AnnotationValue value) {
    return value.getValue() instanceof VariableElement constant
        ? constant.getSimpleName().toString()
        : value.toString();
  }

  /** The name of an explicit enum constant. */
  public Optional<String> constant(String name) {
    return given(name)
        .filter(value -> value.getValue() instanceof VariableElement)
        .map(AnnotationUse::written);
  }

  private Optional<AnnotationValue> value(String name) {
    return given(name).or(() -> standard(name));
  }

  private Optional<AnnotationValue> standard(String name) {
    return ElementFilter.methodsIn(mirror.getAnnotationType().asElement().getEnclosedElements())
        .stream()
        .filter(method -> method.getSimpleName().contentEquals(name))
        .findFirst()
        .map(ExecutableElement::getDefaultValue);
  }
}
