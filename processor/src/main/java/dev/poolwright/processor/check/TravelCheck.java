package dev.poolwright.processor.check;

import dev.poolwright.processor.model.SourceNames;
import dev.poolwright.processor.read.Admission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.IntersectionType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/**
 * Says of a declared type whether its values can cross to a worker JVM by Java's serialization:
 * walks components, fields, arrays, type arguments, permitted subtypes and superclasses. Classes of
 * the JDK are taken at their word, since what the compiler sees of them lacks the private fields.
 * Confined to the compiler's thread.
 */
public final class TravelCheck {

  private static final String CONCRETE = "Name a concrete type that implements Serializable";

  /** Interfaces whose usual implementations travel when their elements do. */
  private static final Set<String> CONTAINERS =
      Set.of(
          "java.util.Collection",
          "java.util.SequencedCollection",
          "java.util.List",
          "java.util.Set",
          "java.util.SequencedSet",
          "java.util.SortedSet",
          "java.util.NavigableSet",
          "java.util.Queue",
          "java.util.Deque",
          "java.util.Map",
          "java.util.Map.Entry",
          "java.util.SequencedMap",
          "java.util.SortedMap",
          "java.util.NavigableMap",
          "java.util.concurrent.ConcurrentMap",
          "java.util.Optional",
          "java.lang.CharSequence");

  /** Types that travel whatever their argument, or have no value but null. */
  private static final Set<String> TOKENS =
      Set.of("java.lang.Class", "java.lang.Enum", "java.lang.Void", "kotlin.Unit");

  /**
   * Types that nest themselves in ever new arguments have no end: such arguments are not walked.
   */
  private static final int MOST_NESTED = 8;

  /** No application has as many types that hold each other; endless ones stop here. */
  private static final int MOST_TYPES = 4_096;

  private static final int DEEPEST = 256;

  private final Types types;
  private final Elements elements;
  private final SerialForm forms;
  private final Map<Stationary, TypeMirror> stationary = new LinkedHashMap<>();

  /** Answers that hold wherever the type is met. */
  private final Map<String, Travel> known = new HashMap<>();

  /** The types met since the outermost one was asked for, each of which is walked once. */
  private final Set<String> walked = new HashSet<>();

  private int depth;

  public TravelCheck(Types types, Elements elements) {
    this.types = types;
    this.elements = elements;
    this.forms = new SerialForm(types, elements);
    for (Stationary one : Stationary.ALL) {
      TypeElement element = elements.getTypeElement(one.name());
      if (element != null) {
        stationary.put(one, types.erasure(element.asType()));
      }
    }
  }

  /**
   * Everything of a method that crosses.
   *
   * @param method the method, for the names and places of its parameters
   * @param type its signature, as a member of the annotated class
   * @param result what its task gives; of a stage the stage's own result
   * @return parameters in order, then the result, then the thrown types
   */
  public List<Crossing> crossings(
      ExecutableElement method, ExecutableType type, TypeMirror result) {
    List<Crossing> found = new ArrayList<>();
    for (int i = 0; i < method.getParameters().size(); i++) {
      VariableElement parameter = method.getParameters().get(i);
      Travel travel = of(type.getParameterTypes().get(i));
      found.add(new Crossing(parameter, "parameter " + parameter.getSimpleName(), travel));
    }
    found.add(new Crossing(method, "result", of(result)));
    for (TypeMirror thrown : type.getThrownTypes()) {
      found.add(new Crossing(method, "exception", of(thrown)));
    }
    return found;
  }

  /**
   * Why a method can never run in a worker JVM, for the description of its call site.
   *
   * @return the path to the first offender, as {@code "result Summary.owner: Thread"}; empty when
   *     there is none
   */
  public Optional<String> problem(
      ExecutableElement method, ExecutableType type, TypeMirror result) {
    return crossings(method, type, result).stream()
        .filter(crossing -> crossing.travel().isStuck())
        .map(Crossing::path)
        .findFirst();
  }

  /** The answer for a type. */
  Travel of(TypeMirror type) {
    return walk(type).of(SourceNames.type(type));
  }

  private Travel walk(TypeMirror type) {
    return switch (type.getKind()) {
      case DECLARED -> remembered((DeclaredType) type);
      case ARRAY -> of(((ArrayType) type).getComponentType());
      case TYPEVAR -> walk(((TypeVariable) type).getUpperBound());
      case WILDCARD -> walkWildcard((WildcardType) type);
      case INTERSECTION -> best(((IntersectionType) type).getBounds());
      default -> Travel.can(type.toString());
    };
  }

  private Travel walkWildcard(WildcardType type) {
    TypeMirror bound = type.getExtendsBound();
    return bound == null ? walk(type("java.lang.Object").asType()) : of(bound);
  }

  /** A value of an intersection has all of its types, so that one that travels is enough. */
  private Travel best(List<? extends TypeMirror> bounds) {
    Set<String> before = new HashSet<>(walked);
    List<Travel> answers = bounds.stream().map(this::of).toList();
    Optional<Travel> stuck = answers.stream().filter(Travel::isStuck).findFirst();
    if (stuck.isPresent()) {
      return stuck.get();
    }
    walked.retainAll(before); // the better answer hides theirs, which count where they are met next
    return answers.stream().filter(Travel::isFree).findFirst().orElseGet(() -> answers.get(0));
  }

  /**
   * The worst of a type and all that it holds. A type that is met again adds nothing: its own worst
   * is part of the answer where it was met first, so that each is walked once, however often the
   * types of an application name each other.
   */
  private Travel remembered(DeclaredType type) {
    String key = type.toString();
    Travel answer = known.get(key);
    if (answer != null) {
      return answer;
    }
    if (depth >= DEEPEST
        || walked.size() >= MOST_TYPES
        || nesting(type) > MOST_NESTED
        || !walked.add(key)) {
      return Travel.can(SourceNames.type(type));
    }
    depth++;
    Travel fresh = walkDeclared(type).of(SourceNames.type(type));
    depth--;
    remember(key, fresh);
    return fresh;
  }

  /** An inner answer may lack what was met before it, unless nothing can be worse. */
  private void remember(String key, Travel answer) {
    if (depth == 0) {
      if (answer.isFree()) {
        walked.forEach(each -> known.put(each, Travel.can(each)));
      }
      walked.clear();
    }
    if (depth == 0 || answer.isStuck()) {
      known.put(key, answer);
    }
  }

  private static int nesting(DeclaredType type) {
    return type.getTypeArguments().stream()
        .mapToInt(each -> each instanceof DeclaredType declared ? 1 + nesting(declared) : 1)
        .max()
        .orElse(0);
  }

  private Travel walkDeclared(DeclaredType type) {
    TypeElement element = (TypeElement) type.asElement();
    String name = SourceNames.type(element);
    Optional<Stationary> bound = stationary(type);
    if (bound.isPresent() && !forms.isSerializable(type)) {
      return Travel.cannot(name, bound.get().reason(), bound.get().remedy());
    }
    String qualified = element.getQualifiedName().toString();
    if (CONTAINERS.contains(qualified)) {
      return worst(type.getTypeArguments());
    }
    if (element.getKind() == ElementKind.ENUM || TOKENS.contains(qualified)) {
      return Travel.can(name);
    }
    if (!element.getPermittedSubclasses().isEmpty()) {
      return walkSealed(element, type);
    }
    if (!forms.isSerializable(type)) {
      return notSerializable(element, name);
    }
    return isJdk(qualified) ? worst(type.getTypeArguments()) : walkClass(element, type);
  }

  private Travel walkSealed(TypeElement element, DeclaredType type) {
    Travel answer = Travel.can(SourceNames.type(element));
    if (element.getKind() == ElementKind.CLASS
        && !element.getModifiers().contains(Modifier.ABSTRACT)) {
      answer = forms.isSerializable(type) ? walkClass(element, type) : notSerializable(element, "");
    }
    for (TypeMirror permitted : element.getPermittedSubclasses()) {
      answer = answer.and(of(permitted));
    }
    return answer;
  }

  private Travel notSerializable(TypeElement element, String name) {
    if (element.getKind() == ElementKind.INTERFACE) {
      return isFunctional(element)
          ? Travel.cannot(name, "a lambda lives in one JVM", "Pass a value instead")
          : Travel.depends(name, name + " is an interface", CONCRETE);
    }
    String type = SourceNames.type(element);
    if (element.getQualifiedName().contentEquals("java.lang.Object")) {
      return Travel.depends(type, "an Object is anything", CONCRETE);
    }
    if (SerialForm.isClosed(element)) {
      return Travel.cannot(
          type, type + " does not implement Serializable", "Let it implement java.io.Serializable");
    }
    return Travel.depends(
        type,
        type + " does not implement Serializable, though a subclass may",
        "Let it implement java.io.Serializable");
  }

  private Travel walkClass(TypeElement element, DeclaredType type) {
    String name = SourceNames.type(element);
    if (forms.isOwn(element)) {
      return Travel.can(name);
    }
    Travel answer = walkSuperclass(element, name);
    if (Admission.isInner(element) && element.getEnclosingElement() instanceof TypeElement around) {
      TypeMirror outer = around.asType();
      answer =
          answer.and(of(outer).through(new Travel.Hop(name, "this$0", SourceNames.type(outer))));
    }
    DeclaredType captured = (DeclaredType) types.capture(type); // wildcards get their bounds
    for (VariableElement field : ElementFilter.fieldsIn(element.getEnclosedElements())) {
      if (field.getModifiers().contains(Modifier.STATIC)
          || field.getModifiers().contains(Modifier.TRANSIENT)) {
        continue;
      }
      TypeMirror fieldType = types.asMemberOf(captured, field);
      Travel.Hop hop =
          new Travel.Hop(name, field.getSimpleName().toString(), SourceNames.type(fieldType));
      answer = answer.and(walk(fieldType).through(hop));
    }
    return answer;
  }

  /**
   * Fields of a superclass that is not Serializable stay behind; its constructor makes new ones.
   */
  private Travel walkSuperclass(TypeElement element, String name) {
    TypeMirror superclass = element.getSuperclass();
    if (superclass.getKind() != TypeKind.DECLARED || element.getKind() == ElementKind.RECORD) {
      return Travel.can(name);
    }
    TypeElement above = (TypeElement) ((DeclaredType) superclass).asElement();
    if (forms.isSerializable(superclass)) {
      return isJdk(above.getQualifiedName().toString())
          ? worst(((DeclaredType) superclass).getTypeArguments())
          : walkClass(above, (DeclaredType) superclass);
    }
    String superName = SourceNames.type(above);
    return forms.isMakeableBy(above, element)
        ? Travel.can(name)
        : Travel.cannot(
            name,
            "its superclass "
                + superName
                + " is not Serializable and has no constructor without parameters",
            "Let " + superName + " implement java.io.Serializable");
  }

  private Travel worst(List<? extends TypeMirror> arguments) {
    return arguments.stream().map(this::of).reduce(Travel.can(""), Travel::and);
  }

  private Optional<Stationary> stationary(TypeMirror type) {
    TypeMirror erased = types.erasure(type);
    return stationary.entrySet().stream()
        .filter(entry -> types.isSubtype(erased, entry.getValue()))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private TypeElement type(String name) {
    return elements.getTypeElement(name);
  }

  private static boolean isFunctional(TypeElement element) {
    return element.getAnnotation(FunctionalInterface.class) != null
        && !element.getQualifiedName().contentEquals("java.util.Comparator");
  }

  private static boolean isJdk(String qualified) {
    return qualified.startsWith("java.") || qualified.startsWith("javax.");
  }
}
