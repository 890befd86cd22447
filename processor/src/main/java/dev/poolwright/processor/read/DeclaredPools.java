package dev.poolwright.processor.read;

import dev.poolwright.annotation.PoolKind;
import dev.poolwright.processor.model.AnnotatedType;
import dev.poolwright.processor.model.AsyncMethod;
import dev.poolwright.processor.model.PoolDeclaration;
import dev.poolwright.processor.model.PoolUse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.Element;

/**
 * Every pool of an application as far as the compiler sees it: of this compilation, and of the
 * class path. Answers do not search: a thousand classes ask for each of their methods.
 */
public final class DeclaredPools {

  /** The pool that needs no declaration. */
  static final String DEFAULT = "default";

  private final Set<Element> here;
  private final List<PoolDeclaration> declarations;
  private final Map<String, List<PoolDeclaration>> byPool = new LinkedHashMap<>();
  private final Set<String> names = new TreeSet<>();
  private final Map<String, PoolKind> kinds = new HashMap<>();

  /**
   * Takes what was found.
   *
   * @param here the classes and packages of this compilation that have an annotation
   * @param declarations in this compilation first
   */
  public DeclaredPools(List<Element> here, List<PoolDeclaration> declarations) {
    this.here = new LinkedHashSet<>(here);
    this.declarations = List.copyOf(declarations);
    for (PoolDeclaration each : declarations) {
      byPool.computeIfAbsent(each.pool(), name -> new ArrayList<>()).add(each);
      each.kind().ifPresent(kind -> kinds.merge(each.pool(), kind, DeclaredPools::stricter));
    }
    names.add(DEFAULT);
    names.addAll(byPool.keySet());
  }

  /** Of two kinds that contradict each other, the one that asks more of methods: the later. */
  private static PoolKind stricter(PoolKind one, PoolKind other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  public List<PoolDeclaration> declarations() {
    return declarations;
  }

  /** All names, sorted. */
  public Set<String> names() {
    return Collections.unmodifiableSet(names);
  }

  /** The declarations of each pool. */
  public Collection<List<PoolDeclaration>> byPool() {
    return Collections.unmodifiableCollection(byPool.values());
  }

  public List<PoolDeclaration> of(String pool) {
    return Collections.unmodifiableList(byPool.getOrDefault(pool, List.of()));
  }

  /** What the workers of a pool are, as far as annotations say. */
  public PoolKind kind(String pool) {
    return kinds.getOrDefault(pool, PoolKind.THREAD);
  }

  /** Whether the calls of a pool leave this JVM, as far as annotations say. */
  public boolean isRemote(String pool) {
    return isProcess(pool) || kind(pool) == PoolKind.CLUSTER;
  }

  /** Whether the workers of a pool are worker JVMs, as far as annotations say. */
  public boolean isProcess(String pool) {
    return kind(pool) == PoolKind.PROCESS;
  }

  /** Every {@code @Async} of this compilation. */
  public List<PoolUse> uses() {
    return here.stream().flatMap(each -> PoolReader.uses(each).stream()).toList();
  }

  /** Where a message about a method of a class stands: an inherited one may be compiled already. */
  public Element place(AnnotatedType type, AsyncMethod method, Element wanted) {
    return here.contains(Members.typeOf(method.element())) ? wanted : type.element();
  }

  /** Whether a declaration stands in this compilation, so that it can be pointed at. */
  public boolean isHere(PoolDeclaration declaration) {
    Element holder = declaration.use().holder();
    return here.contains(holder) || here.contains(holder.getEnclosingElement());
  }
}
