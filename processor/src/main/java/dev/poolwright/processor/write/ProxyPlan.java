package dev.poolwright.processor.write;

import static java.util.stream.Collectors.joining;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeVariableName;
import dev.poolwright.processor.model.AnnotatedType;
import dev.poolwright.processor.model.AsyncMethod;
import dev.poolwright.processor.model.Plural;
import dev.poolwright.processor.model.RuntimeNames;
import dev.poolwright.processor.model.SourceNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.element.VariableElement;

/**
 * Every name that a proxy declares, chosen before a line is written: parameters keep the user's
 * names, fields give way, records give way to every type that the user's methods name.
 */
public final class ProxyPlan {

  private static final Set<String> NOT_COMPONENTS =
      Set.of(
          "hashCode", "toString", "wait", "notify", "notifyAll", "getClass", "clone", "finalize");

  /** First parts of names that expressions may begin with, which a variable would hide. */
  private static final Set<String> HIDEABLE = Set.of("dev", RuntimeNames.ROWS.simpleName());

  private final AnnotatedType type;
  private final NameClashes clashes;
  private final TypeNames types;
  private final Scope fields = new Scope();
  private final Set<String> takenTypes = new LinkedHashSet<>();

  /** Given to type parameters of methods in the place of their own. */
  private final Set<String> variables = new HashSet<>();

  private final List<MethodPlan> methods = new ArrayList<>();
  private final String target;

  public ProxyPlan(AnnotatedType type, Map<AsyncMethod, String> batches, NameClashes clashes) {
    this.type = type;
    this.clashes = clashes;
    this.types = new TypeNames(Map.of(), clashes);
    Set<String> parameters = new LinkedHashSet<>();
    parameters.add(typeWord());
    parameters.addAll(HIDEABLE);
    for (AsyncMethod method : type.methods()) {
      method.parameters().forEach(each -> parameters.add(nameOf(each)));
      parameters.addAll(columns(method));
    }
    parameters.forEach(fields::newName);
    target = fields.newName(Plural.decapitalised(type.name().simpleName()));
    takeTypes();
    for (AsyncMethod method : type.methods()) {
      methods.add(plan(method, batches));
    }
  }

  AnnotatedType type() {
    return type;
  }

  NameClashes clashes() {
    return clashes;
  }

  /** The class's name as it is written. */
  ClassName name() {
    return clashes.of(type.element());
  }

  List<MethodPlan> methods() {
    return methods;
  }

  /** The field of the instance, also the constructor's parameter. */
  String target() {
    return target;
  }

  TypeNames types() {
    return types;
  }

  /** A scope in which every field has its name. */
  Scope scope() {
    Scope scope = new Scope();
    scope.newName(typeWord());
    HIDEABLE.stream().filter(each -> !each.equals(typeWord())).forEach(scope::newName);
    scope.newName(target);
    methods.forEach(method -> scope.newName(method.site()));
    return scope;
  }

  /** The class with its type parameters. */
  TypeName targetType() {
    return parameterized(name());
  }

  TypeName proxyType() {
    return parameterized(type.proxy());
  }

  List<TypeVariableName> typeVariables() {
    return types.declared(type.element().getTypeParameters());
  }

  private TypeName parameterized(ClassName name) {
    List<TypeVariableName> variables = typeVariables();
    return variables.isEmpty()
        ? name
        : ParameterizedTypeName.get(name, variables.toArray(new TypeName[0]));
  }

  private MethodPlan plan(AsyncMethod method, Map<AsyncMethod, String> batches) {
    List<String> names = method.parameters().stream().map(ProxyPlan::nameOf).toList();
    String name = unambiguous(method, type.methods());
    return new MethodPlan(
        method,
        fields.newName(name + "Site"),
        newTypeName(Plural.capitalised(name)),
        Optional.ofNullable(batches.get(method)),
        new TypeNames(renamed(method), clashes),
        names,
        components(names),
        columns(method));
  }

  /** The first part of the class's name as it is written; static methods are called through it. */
  String typeWord() {
    return NameClashes.first(name().topLevelClassName().simpleName());
  }

  /** The method's name, of an overload after the first with its parameters, as {@code getUri}. */
  private static String unambiguous(AsyncMethod method, List<AsyncMethod> all) {
    boolean isFirst =
        all.stream()
            .filter(each -> each.name().equals(method.name()))
            .findFirst()
            .filter(method::equals)
            .isPresent();
    return isFirst
        ? method.name()
        : method.name()
            + method.parameters().stream()
                .map(each -> SourceNames.word(each.asType()))
                .collect(joining());
  }

  private static String nameOf(VariableElement parameter) {
    return parameter.getSimpleName().toString();
  }

  /** The names of a record's components, all different: those that it may not have are longer. */
  private List<String> components(List<String> parameters) {
    Scope names = new Scope();
    parameters.stream().filter(this::isComponent).forEach(names::newName);
    return parameters.stream()
        .map(each -> isComponent(each) ? each : names.newName(each + "_"))
        .toList();
  }

  private boolean isComponent(String name) {
    return !NOT_COMPONENTS.contains(name) && !HIDEABLE.contains(name) && !name.equals(typeWord());
  }

  /** The names of a batch method's inputs, all different. */
  private static List<String> columns(AsyncMethod method) {
    Scope names = new Scope();
    HIDEABLE.forEach(names::newName);
    return method.parameters().stream().map(each -> names.newName(Columns.nameOf(each))).toList();
  }

  /** Type parameters of a method that hide those of the class: a record declares both. */
  private Map<TypeParameterElement, String> renamed(AsyncMethod method) {
    Set<String> used = new LinkedHashSet<>();
    type.element().getTypeParameters().forEach(each -> used.add(each.getSimpleName().toString()));
    Map<TypeParameterElement, String> renamed = new HashMap<>();
    for (TypeParameterElement each : method.element().getTypeParameters()) {
      String name = each.getSimpleName().toString();
      if (!used.add(name)) {
        name = newVariableName(name, used);
      }
      renamed.put(each, name);
    }
    return renamed;
  }

  /** Neither may it hide a type or a record, nor a later record it; methods may have the same. */
  private String newVariableName(String hidden, Set<String> used) {
    String name = hidden;
    do {
      name += "_";
    } while ((takenTypes.contains(name.toLowerCase(Locale.ROOT)) && !variables.contains(name))
        || !used.add(name));
    variables.add(name);
    take(name);
    return name;
  }

  /** Records must not hide a type that the proxy names, nor differ from one in case alone. */
  private String newTypeName(String wanted) {
    String name = wanted;
    while (!takenTypes.add(name.toLowerCase(Locale.ROOT))) {
      name += "_";
    }
    return name;
  }

  private void takeTypes() {
    take(type.proxy().simpleName());
    RuntimeNames.SIMPLE.forEach(this::take);
    NameClashes.JAVA_LANG.forEach(this::take);
    new MentionedTypes(type).names().forEach(this::take);
  }

  private void take(String name) {
    takenTypes.add(name.toLowerCase(Locale.ROOT));
  }
}
