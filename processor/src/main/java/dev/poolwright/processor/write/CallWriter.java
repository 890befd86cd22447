package dev.poolwright.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import com.palantir.javapoet.TypeVariableName;
import com.palantir.javapoet.WildcardTypeName;
import dev.poolwright.processor.model.AsyncMethod;
import dev.poolwright.processor.model.Plural;
import dev.poolwright.processor.model.RuntimeNames;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;

/** Writes the call record of one method. */
final class CallWriter {

  private final Elements elements;
  private final ProxyPlan proxy;
  private final MethodPlan plan;
  private final AsyncMethod method;

  CallWriter(Elements elements, ProxyPlan proxy, MethodPlan plan) {
    this.elements = elements;
    this.proxy = proxy;
    this.plan = plan;
    this.method = plan.method();
  }

  TypeSpec write() {
    TypeSpec.Builder record =
        TypeSpec.recordBuilder(plan.call())
            .addJavadoc("A call of $L.\n", ProxyJavadoc.link(proxy, method))
            .addTypeVariables(typeVariables())
            .addSuperinterface(
                ParameterizedTypeName.get(
                    RuntimeNames.CALL, proxy.targetType(), plan.types().of(method.result()).box()))
            .recordConstructor(components());
    ProxyJavadoc.deprecation(elements, method.element()).ifPresent(record::addAnnotation);
    record.addMethod(on());
    if (!method.isStatic() && proxy.type().isMakeable()) {
      record.addMethod(target());
    }
    return record.build();
  }

  /** Creates the record: {@code new Get(url)}, its type arguments spelled out. */
  CodeBlock create(CodeBlock arguments) {
    List<TypeVariableName> variables = typeVariables();
    if (variables.isEmpty()) {
      return CodeBlock.of("new $L($L)", plan.call(), arguments);
    }
    CodeBlock names =
        variables.stream()
            .map(each -> CodeBlock.of("$L", each.name()))
            .collect(CodeBlock.joining(", "));
    return CodeBlock.of("new $L<$L>($L)", plan.call(), names, arguments);
  }

  private List<TypeVariableName> typeVariables() {
    List<TypeVariableName> variables = new ArrayList<>(proxy.typeVariables());
    variables.addAll(plan.types().declared(method.type()));
    return variables;
  }

  private MethodSpec components() {
    MethodSpec.Builder components = MethodSpec.constructorBuilder();
    for (int i = 0; i < plan.components().size(); i++) {
      components.addParameter(plan.parameter(i, plan.components().get(i)));
    }
    return components.build();
  }

  private MethodSpec on() {
    Scope names = new Scope();
    names.newName(proxy.typeWord());
    plan.components().forEach(names::newName);
    String target = names.newName(Plural.decapitalised(proxy.type().name().simpleName()));
    MethodSpec.Builder on =
        MethodSpec.methodBuilder("on")
            .addAnnotation(Override.class)
            .addModifiers(Modifier.PUBLIC)
            .returns(returned().box())
            .addParameter(proxy.targetType(), target)
            .addExceptions(plan.types().of(method.type().getThrownTypes()));
    CodeBlock call =
        CodeBlock.of(
            "$L.$L$L($L)",
            method.isStatic() ? CodeBlock.of("$T", proxy.name()) : CodeBlock.of("$L", target),
            witness(),
            method.name(),
            String.join(", ", plan.components()));
    if (method.type().getReturnType().getKind() == TypeKind.VOID) {
      return on.addStatement(call).addStatement("return null").build();
    }
    return on.addStatement("return $L", call).build();
  }

  /** Spelled out, since a type parameter may stand in the throws clause alone. */
  private CodeBlock witness() {
    return method.isGeneric()
        ? CodeBlock.of(
            "<$L>",
            method.element().getTypeParameters().stream()
                .map(each -> CodeBlock.of("$L", plan.types().nameOf(each)))
                .collect(CodeBlock.joining(", ")))
        : CodeBlock.of("");
  }

  private MethodSpec target() {
    return MethodSpec.methodBuilder("target")
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC)
        .returns(proxy.targetType())
        .addParameter(
            ParameterizedTypeName.get(RuntimeNames.TARGETS, proxy.targetType()), "targets")
        .addException(Exception.class)
        .addStatement("return targets.made($T::new)", proxy.name())
        .build();
  }

  /** What the method returns; a raw stage as one of anything. */
  private TypeName returned() {
    TypeMirror type = method.type().getReturnType();
    if (type.getKind() == TypeKind.VOID) {
      return ClassName.get(Void.class);
    }
    if (method.isStage()
        && type instanceof DeclaredType declared
        && declared.getTypeArguments().isEmpty()
        && declared.asElement() instanceof TypeElement element
        && element.getTypeParameters().size() == 1) {
      return ParameterizedTypeName.get(
          proxy.clashes().of(element), WildcardTypeName.subtypeOf(ClassName.OBJECT));
    }
    return plan.types().of(type);
  }
}
