package dev.poolwright.processor.read;

import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.Elements;

/** What a top-level class of a package can name. */
public final class Sight {

  private final Elements elements;

  public Sight(Elements elements) {
    this.elements = elements;
  }

  /** The part of a type that code beside an element cannot name. */
  public Optional<TypeElement> hidden(TypeMirror used, Element beside) {
    return hidden(used, elements.getPackageOf(beside));
  }

  /** The class, or one around it, that code beside an element cannot name. */
  public Optional<TypeElement> hidden(TypeElement used, Element beside) {
    return hidden(used, elements.getPackageOf(beside));
  }

  private Optional<TypeElement> hidden(TypeMirror used, PackageElement from) {
    return switch (used.getKind()) {
      case DECLARED ->
          hidden((TypeElement) ((DeclaredType) used).asElement(), from)
              .or(() -> hidden(((DeclaredType) used).getTypeArguments(), from));
      case ARRAY -> hidden(((ArrayType) used).getComponentType(), from);
      case WILDCARD -> {
        WildcardType wildcard = (WildcardType) used;
        TypeMirror bound =
            wildcard.getExtendsBound() == null
                ? wildcard.getSuperBound()
                : wildcard.getExtendsBound();
        yield bound == null ? Optional.empty() : hidden(bound, from);
      }
      default -> Optional.empty();
    };
  }

  private Optional<TypeElement> hidden(List<? extends TypeMirror> used, PackageElement from) {
    return used.stream().flatMap(each -> hidden(each, from).stream()).findFirst();
  }

  private Optional<TypeElement> hidden(TypeElement used, PackageElement from) {
    for (Element at = used; at instanceof TypeElement each; at = at.getEnclosingElement()) {
      if (each.getModifiers().contains(Modifier.PRIVATE)
          || (!each.getModifiers().contains(Modifier.PUBLIC)
              && !elements.getPackageOf(each).equals(from))) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }
}
