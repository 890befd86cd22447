package dev.poolwright.processor.write;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ParameterSpec;
import dev.poolwright.processor.model.AsyncMethod;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.TypeMirror;

/**
 * The names that the proxy gives to what one method needs.
 *
 * @param method the method
 * @param site the field of its call site
 * @param call the simple name of its call record
 * @param batch the name of its batch method, if it has one
 * @param types how its types are written inside the call record and the proxy
 * @param parameters the names of its parameters
 * @param components the names of the record's components, legal there
 * @param columns the names of the batch method's inputs
 */
record MethodPlan(
    AsyncMethod method,
    String site,
    String call,
    Optional<String> batch,
    TypeNames types,
    List<String> parameters,
    List<String> components,
    List<String> columns) {

  /** One of its parameters, by a name that it may have there. */
  ParameterSpec parameter(int index, String name) {
    TypeMirror type = method.type().getParameterTypes().get(index);
    return ParameterSpec.builder(types.of(type), name)
        .addAnnotations(declaredNullness(method.parameters().get(index), type))
        .build();
  }

  /**
   * Nullness annotations of a parameter that are not, at the same time, those of its type: what may
   * stand on both is, before an array, one of its elements.
   */
  private static List<AnnotationSpec> declaredNullness(VariableElement parameter, TypeMirror type) {
    TypeMirror innermost = type;
    while (innermost instanceof ArrayType array) {
      innermost = array.getComponentType();
    }
    List<AnnotationSpec> ofType = TypeNames.nullness(innermost);
    return TypeNames.nullness(parameter).stream().filter(each -> !ofType.contains(each)).toList();
  }
}
