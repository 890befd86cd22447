package dev.poolwright.processor;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.Element;

/**
 * Every pool of an application as far as the compiler sees it: of this compilation, and of the
 * class path.
 *
 * @param here the classes and packages of this compilation that have an annotation
 * @param declarations in this compilation first
 */
record DeclaredPools(List<Element> here, List<PoolDeclaration> declarations) {

  /** The pool that needs no declaration. */
  static final String DEFAULT = "default";

  /** All names, sorted. */
  Set<String> names() {
    Set<String> names = new TreeSet<>();
    names.add(DEFAULT);
    declarations.forEach(each -> names.add(each.pool()));
    return names;
  }

  /** The declarations of each pool. */
  Collection<List<PoolDeclaration>> byPool() {
    Map<String, List<PoolDeclaration>> pools = new LinkedHashMap<>();
    for (PoolDeclaration each : declarations) {
      pools.computeIfAbsent(each.pool(), name -> new java.util.ArrayList<>()).add(each);
    }
    return pools.values();
  }

  List<PoolDeclaration> of(String pool) {
    return declarations.stream().filter(each -> each.pool().equals(pool)).toList();
  }

  /** Whether the workers of a pool are worker JVMs, as far as annotations say. */
  boolean isProcess(String pool) {
    return of(pool).stream().anyMatch(PoolDeclaration::isProcess);
  }

  /** Every {@code @Async} of this compilation. */
  List<PoolUse> uses() {
    return here.stream().flatMap(each -> PoolReader.uses(each).stream()).toList();
  }

  /** Whether a declaration stands in this compilation, so that it can be pointed at. */
  boolean isHere(PoolDeclaration declaration) {
    Element holder = declaration.use().holder();
    return new LinkedHashSet<>(here).contains(holder)
        || here.contains(holder.getEnclosingElement());
  }
}
