package dev.poolwright.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import dev.poolwright.processor.model.PoolDeclaration;
import dev.poolwright.processor.model.ProxyNames;
import dev.poolwright.processor.model.RuntimeNames;
import dev.poolwright.processor.read.PoolReader;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.util.Elements;

/** Writes, for a class or package that declares pools, its catalogue and its place in the index. */
public final class CatalogueWriter {

  private final Elements elements;
  private final VisibleTypes visible;

  public CatalogueWriter(Elements elements, VisibleTypes visible) {
    this.elements = elements;
    this.visible = visible;
  }

  public JavaFile catalogue(Element declarer, List<PoolDeclaration> declarations) {
    CodeBlock list =
        declarations.stream().map(CatalogueWriter::declaration).collect(CodeBlock.joining(",\n"));
    TypeSpec.Builder catalogue =
        begin(
                TypeSpec.classBuilder(ProxyNames.catalogueOf(declarer)),
                declarer,
                named(declarations))
            .addJavadoc("The pools that $L declares.\n", link(declarer))
            .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
            .addSuperinterface(RuntimeNames.CATALOGUE)
            .addMethod(
                MethodSpec.constructorBuilder()
                    .addJavadoc("Called by {@code ServiceLoader}.\n")
                    .addModifiers(Modifier.PUBLIC)
                    .build())
            .addMethod(
                MethodSpec.methodBuilder("declarations")
                    .addAnnotation(Override.class)
                    .addModifiers(Modifier.PUBLIC)
                    .returns(
                        ParameterizedTypeName.get(
                            ClassName.get(List.class), RuntimeNames.DECLARATION))
                    .addStatement("return $T.of(\n$L)", List.class, list)
                    .build());
    String inPackage = ProxyNames.catalogueOf(declarer).packageName();
    return new NameClashes(elements, visible, declarer, inPackage).file(catalogue, List.of());
  }

  /** Lets processors of other compilations find the class, which their own look at. */
  public JavaFile index(Element declarer) {
    TypeSpec.Builder index =
        begin(TypeSpec.interfaceBuilder(ProxyNames.indexOf(declarer)), declarer, List.of())
            .addJavadoc("Says that {@code $L} declares pools.\n", declarer);
    return new NameClashes(elements, visible, declarer, ProxyNames.INDEX).file(index, List.of());
  }

  private TypeSpec.Builder begin(TypeSpec.Builder type, Element declarer, List<TypeElement> named) {
    type.addOriginatingElement(declarer)
        .addField(
            FieldSpec.builder(
                    String.class,
                    ProxyNames.DECLARER,
                    Modifier.PUBLIC,
                    Modifier.STATIC,
                    Modifier.FINAL)
                .addJavadoc("What declares them; processors of other compilations read it there.\n")
                .initializer("$S", declarer.toString())
                .build());
    Suppressions.of(tokens(declarer, named)).ifPresent(type::addAnnotation);
    visible.generated(declarer, ProxyNames.CATALOGUE_WRITER).ifPresent(type::addAnnotation);
    return type;
  }

  /** The warnings that the user's own classes force on a catalogue. */
  private Set<String> tokens(Element declarer, List<TypeElement> named) {
    Set<String> tokens = new TreeSet<>();
    if (!elements.getModuleOf(declarer).isUnnamed()) {
      tokens.add("exports");
    }
    for (TypeElement each : named) {
      if (ProxyJavadoc.isForRemoval(each)) {
        tokens.add("removal");
      } else if (elements.isDeprecated(each)) {
        tokens.add("deprecation");
      }
      if (!each.getModifiers().contains(Modifier.PUBLIC)) {
        tokens.add("auxiliaryclass"); // it may stand in a file of another name
      }
    }
    return tokens;
  }

  /** The classes that a catalogue names because the declarations do. */
  private static List<TypeElement> named(List<PoolDeclaration> declarations) {
    return declarations.stream()
        .flatMap(each -> each.settings().stream().map(each::setting))
        .map(AnnotationValue::getValue)
        .flatMap(
            value ->
                value instanceof List<?> values
                    ? values.stream().map(each -> ((AnnotationValue) each).getValue())
                    : Stream.of(value))
        .filter(DeclaredType.class::isInstance)
        .map(value -> (TypeElement) ((DeclaredType) value).asElement())
        .toList();
  }

  private static CodeBlock link(Element declarer) {
    return declarer instanceof TypeElement type
        ? CodeBlock.of("{@link $T}", ClassName.get(type))
        : CodeBlock.of("package {@code $L}", declarer);
  }

  private static CodeBlock declaration(PoolDeclaration declaration) {
    CodeBlock.Builder config =
        CodeBlock.builder()
            .add(
                "$T.named($S)",
                RuntimeNames.config(PoolReader.kindOf(declaration.use())),
                declaration.pool());
    String dot = declaration.settings().size() > 1 ? "\n    ." : ".";
    for (String setting : declaration.settings()) {
      SettingCode.of(setting, declaration.setting(setting))
          .ifPresent(value -> config.add(dot + "$L($L)", setting, value));
    }
    return CodeBlock.of(
        "new $T(\n$>$>$L,\n$S,\n$L$<$<)",
        RuntimeNames.DECLARATION,
        config.build(),
        declaration.source(),
        declaration.kind().isPresent());
  }
}
