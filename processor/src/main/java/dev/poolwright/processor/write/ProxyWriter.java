package dev.poolwright.processor.write;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.poolwright.processor.model.AnnotatedType;
import dev.poolwright.processor.model.AsyncMethod;
import dev.poolwright.processor.model.ProxyNames;
import dev.poolwright.processor.model.RuntimeNames;
import java.util.Collections;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;

/** Writes the proxy of one class. */
public final class ProxyWriter {

  private static final ArrayTypeName CALL_OPTIONS = ArrayTypeName.of(RuntimeNames.CALL_OPTION);

  private final Elements elements;
  private final VisibleTypes visible;
  private final TravelVerdict travel;
  private final ProxyPlan plan;
  private final AnnotatedType type;

  public ProxyWriter(
      Elements elements, VisibleTypes visible, TravelVerdict travel, ProxyPlan plan) {
    this.elements = elements;
    this.visible = visible;
    this.travel = travel;
    this.plan = plan;
    this.type = plan.type();
  }

  public JavaFile write() {
    TypeSpec.Builder proxy =
        TypeSpec.classBuilder(type.proxy())
            .addOriginatingElement(type.element())
            .addJavadoc("Submits the {@code @Async} methods of {@link $T}.\n", plan.name())
            .addModifiers(Modifier.FINAL)
            .addTypeVariables(plan.typeVariables());
    if (isPublic(type.element())) {
      proxy.addModifiers(Modifier.PUBLIC);
    }
    visible.generated(type.element(), ProxyNames.PROXY_WRITER).ifPresent(proxy::addAnnotation);
    ProxyJavadoc.deprecation(elements, type.element()).ifPresent(proxy::addAnnotation);
    new Suppressions(elements, type).annotation().ifPresent(proxy::addAnnotation);
    addFields(proxy);
    proxy.addMethod(constructor());
    if (!plan.methods().isEmpty()) {
      addOptions(proxy);
    }
    for (MethodPlan method : plan.methods()) {
      proxy.addMethod(submit(method));
      method.batch().ifPresent(name -> proxy.addMethod(batch(method, name)));
    }
    for (MethodPlan method : plan.methods()) {
      proxy.addType(new CallWriter(elements, plan, method).write());
    }
    return plan.clashes().file(proxy, new MentionedTypes(type).elements());
  }

  private static boolean isPublic(TypeElement type) {
    for (Element at = type; at instanceof TypeElement; at = at.getEnclosingElement()) {
      if (!at.getModifiers().contains(Modifier.PUBLIC)) {
        return false;
      }
    }
    return true;
  }

  private void addFields(TypeSpec.Builder proxy) {
    if (type.needsTarget()) {
      proxy.addField(plan.targetType(), plan.target(), Modifier.PRIVATE, Modifier.FINAL);
    }
    for (MethodPlan method : plan.methods()) {
      proxy.addField(siteType(), method.site(), Modifier.PRIVATE, Modifier.FINAL);
    }
  }

  private TypeName siteType() {
    return ParameterizedTypeName.get(RuntimeNames.CALL_SITE, plan.targetType());
  }

  private MethodSpec constructor() {
    Scope scope = plan.scope();
    String pools = scope.newName("pools");
    MethodSpec.Builder constructor = MethodSpec.constructorBuilder().addModifiers(Modifier.PUBLIC);
    if (visible.has(type.element(), RuntimeNames.INJECT.canonicalName())) {
      constructor.addAnnotation(RuntimeNames.INJECT);
    }
    if (type.needsTarget()) {
      constructor
          .addParameter(plan.targetType(), plan.target())
          .addStatement("this.$1L = $1L", plan.target());
    }
    constructor.addParameter(RuntimeNames.POOLS, pools);
    SiteWriter sites = new SiteWriter(plan, travel, scope, pools);
    for (MethodPlan method : plan.methods()) {
      constructor.addCode("this.$L =$L;\n", method.site(), sites.write(method));
    }
    return constructor.build();
  }

  private void addOptions(TypeSpec.Builder proxy) {
    MethodSpec.Builder copy =
        MethodSpec.constructorBuilder()
            .addModifiers(Modifier.PRIVATE)
            .addParameter(plan.proxyType(), "other")
            .addParameter(CALL_OPTIONS, "options");
    if (type.needsTarget()) {
      copy.addStatement("this.$1L = other.$1L", plan.target());
    }
    for (MethodPlan method : plan.methods()) {
      copy.addStatement("this.$1L = other.$1L.with(options)", method.site());
    }
    proxy.addMethod(copy.build());
    proxy.addMethod(
        MethodSpec.methodBuilder("with")
            .addJavadoc(
                "A view of this proxy whose own calls and batch elements have other options.\n")
            .addModifiers(Modifier.PUBLIC)
            .returns(plan.proxyType())
            .addParameter(CALL_OPTIONS, "options")
            .varargs()
            .addStatement(
                "return new $T$L(this, options)",
                type.proxy(),
                plan.typeVariables().isEmpty() ? "" : "<>")
            .build());
  }

  private MethodSpec submit(MethodPlan method) {
    AsyncMethod async = method.method();
    MethodSpec.Builder submit =
        begin(method, async.name(), RuntimeNames.TASK)
            .addJavadoc(
                "Submits $L to pool {@code $L}.\n",
                ProxyJavadoc.link(plan, async),
                UserJavadoc.inComment(async.pool()))
            .addJavadoc("$L", UserJavadoc.of(elements, async.element()));
    for (int i = 0; i < method.parameters().size(); i++) {
      submit.addParameter(method.parameter(i, method.parameters().get(i)));
    }
    CodeBlock arguments = CodeBlock.of("$L", String.join(", ", method.parameters()));
    return submit
        .varargs(async.element().isVarArgs())
        .addStatement(
            "return $L.submit($L, $L)",
            method.site(),
            async.isStatic() ? "null" : plan.target(),
            new CallWriter(elements, plan, method).create(arguments))
        .build();
  }

  private MethodSpec.Builder begin(MethodPlan method, String name, ClassName future) {
    AsyncMethod async = method.method();
    MethodSpec.Builder begun =
        MethodSpec.methodBuilder(name)
            .addModifiers(Modifier.PUBLIC)
            .addTypeVariables(method.types().declared(async.type()))
            .returns(ParameterizedTypeName.get(future, method.types().of(async.result()).box()));
    ProxyJavadoc.deprecation(elements, async.element()).ifPresent(begun::addAnnotation);
    return begun;
  }

  private MethodSpec batch(MethodPlan method, String name) {
    AsyncMethod async = method.method();
    Scope scope = plan.scope();
    method.columns().forEach(scope::newName);
    String options = scope.newName("options");
    String row = scope.newName("row");
    MethodSpec.Builder batch =
        begin(method, name, RuntimeNames.BATCH)
            .addJavadoc("Submits $L once for each element.\n", ProxyJavadoc.link(plan, async));
    List<? extends TypeMirror> types = async.type().getParameterTypes();
    for (int i = 0; i < types.size(); i++) {
      batch.addParameter(
          Columns.typeOf(method.types().of(types.get(i)), types.get(i)), method.columns().get(i));
    }
    batch.addParameter(
        ParameterSpec.builder(ArrayTypeName.of(RuntimeNames.MAP_OPTION), options).build());
    String values = String.join(", ", Collections.nCopies(types.size(), row + ".next()"));
    return batch
        .varargs()
        .addStatement(
            "return $L.map($L,$W$T.of($L),$W$L -> $L,$W$L)",
            method.site(),
            async.isStatic() ? "null" : plan.target(),
            RuntimeNames.ROWS,
            String.join(", ", method.columns()),
            row,
            new CallWriter(elements, plan, method).create(CodeBlock.of("$L", values)),
            options)
        .build();
  }
}
