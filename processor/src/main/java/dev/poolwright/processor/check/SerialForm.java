package dev.poolwright.processor.check;

import dev.poolwright.processor.model.SourceNames;
import java.util.List;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** What Java's serialization makes of a class, by its specification. */
final class SerialForm {

  private final Types types;
  private final Elements elements;

  SerialForm(Types types, Elements elements) {
    this.types = types;
    this.elements = elements;
  }

  boolean isSerializable(TypeMirror type) {
    return isSubtype(type, "java.io.Serializable");
  }

  private boolean isSubtype(TypeMirror type, String above) {
    return types.isSubtype(types.erasure(type), elements.getTypeElement(above).asType());
  }

  /** Whether the class says itself how it is written, so that its fields prove nothing. */
  boolean isOwn(TypeElement type) {
    boolean isRecord = type.getKind() == ElementKind.RECORD; // whose form is fixed, but for this
    return has(type, "writeReplace()")
        || (!isRecord
            && (isSubtype(type.asType(), "java.io.Externalizable")
                || has(type, "writeObject(ObjectOutputStream)")
                || hasField(type, "serialPersistentFields")));
  }

  private static boolean has(TypeElement type, String method) {
    return ElementFilter.methodsIn(type.getEnclosedElements()).stream()
        .anyMatch(each -> SourceNames.method(each).equals(method));
  }

  private static boolean hasField(TypeElement type, String name) {
    return ElementFilter.fieldsIn(type.getEnclosedElements()).stream()
        .anyMatch(each -> each.getSimpleName().contentEquals(name));
  }

  /**
   * Whether a worker JVM can make the part of an object that a superclass, which is not
   * Serializable, has: it calls the constructor without parameters.
   */
  boolean isMakeableBy(TypeElement superclass, TypeElement subclass) {
    boolean isNear = elements.getPackageOf(superclass).equals(elements.getPackageOf(subclass));
    return ElementFilter.constructorsIn(superclass.getEnclosedElements()).stream()
        .filter(made -> made.getParameters().isEmpty())
        .map(ExecutableElement::getModifiers)
        .anyMatch(
            modifiers ->
                modifiers.contains(Modifier.PUBLIC)
                    || modifiers.contains(Modifier.PROTECTED)
                    || (isNear && !modifiers.contains(Modifier.PRIVATE)));
  }

  /** Whether there can be no subclass outside that implements more. */
  static boolean isClosed(TypeElement type) {
    List<ExecutableElement> made = ElementFilter.constructorsIn(type.getEnclosedElements());
    return type.getModifiers().contains(Modifier.FINAL)
        || type.getKind() == ElementKind.RECORD
        || (!made.isEmpty()
            && made.stream().allMatch(one -> one.getModifiers().contains(Modifier.PRIVATE)));
  }
}
