package dev.poolwright.processor.read;

import dev.poolwright.annotation.PoolKind;
import dev.poolwright.processor.model.AnnotationUse;
import dev.poolwright.processor.model.PoolDeclaration;
import dev.poolwright.processor.model.PoolUse;
import dev.poolwright.processor.model.SourceNames;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/** Reads what one class or package declares and uses; of sources and of compiled classes alike. */
public final class PoolReader {

  private PoolReader() {}

  /** The pools that a class or package declares, in source order. */
  public static List<PoolDeclaration> declarations(Element holder) {
    List<PoolDeclaration> found = new ArrayList<>();
    for (AnnotationUse use : AnnotationUse.poolDeclarations(holder)) {
      found.add(new PoolDeclaration(use.text("name"), use, use.kind(), source(use.holder())));
    }
    for (AnnotationUse use : asyncs(holder)) {
      if (use.kind().isPresent() || use.given("maxWorkers").isPresent()) {
        found.add(new PoolDeclaration(use.text("pool"), use, use.kind(), source(use.holder())));
      }
    }
    return found;
  }

  /** The kind of pool that an annotation speaks of; threads where it leaves that open. */
  public static PoolKind kindOf(AnnotationUse use) {
    return use.kind().orElse(PoolKind.THREAD);
  }

  /** Every {@code @Async} of a class, in source order. */
  static List<PoolUse> uses(Element holder) {
    return asyncs(holder).stream().map(use -> new PoolUse(use.text("pool"), use)).toList();
  }

  private static List<AnnotationUse> asyncs(Element holder) {
    if (!(holder instanceof TypeElement type)) {
      return List.of();
    }
    List<AnnotationUse> found = new ArrayList<>();
    AnnotationUse.find(type, AnnotationUse.ASYNC).ifPresent(found::add);
    for (ExecutableElement method : ElementFilter.methodsIn(type.getEnclosedElements())) {
      AnnotationUse.find(method, AnnotationUse.ASYNC).ifPresent(found::add);
    }
    return found;
  }

  private static String source(Element holder) {
    if (holder instanceof ExecutableElement method) {
      return Members.typeOf(method).getQualifiedName() + "." + SourceNames.method(method);
    }
    return holder instanceof PackageElement ? "package " + holder : holder.toString();
  }
}
