package dev.poolwright.processor.model;

import com.palantir.javapoet.ClassName;
import dev.poolwright.annotation.wording.ProxyPrefix;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;

/**
 * The names of what is generated for a class or package, and the way back. Names of nested classes
 * are joined by {@code _}.
 */
public final class ProxyNames {

  /** The package of index types. */
  public static final String INDEX = "dev.poolwright.index";

  /** The constant of catalogues and index types that names the class which declares. */
  public static final String DECLARER = "DECLARER";

  /** The resource that tells people of the pools of a compilation, below the class output. */
  public static final String REPORT = "META-INF/poolwright/report.txt";

  /** What says of a proxy that it is generated. */
  public static final String PROXY_WRITER = "dev.poolwright.processor.AsyncProcessor";

  /** What says so of a catalogue. */
  public static final String CATALOGUE_WRITER = "dev.poolwright.processor.PoolCatalogueProcessor";

  private static final String PROXY = ProxyPrefix.TEXT;
  private static final String CATALOGUE = "_PoolCatalogue";

  private ProxyNames() {}

  /** The proxy: {@code AsyncOuter_Inner} for {@code Outer.Inner}. */
  public static ClassName proxyOf(TypeElement type) {
    ClassName name = ClassName.get(type);
    return ClassName.get(name.packageName(), PROXY + joined(name));
  }

  /** The variable that users have a proxy in: {@code asyncOuter_Inner}. */
  public static String variableOf(TypeElement type) {
    return PROXY.toLowerCase(Locale.ROOT) + flat(type);
  }

  /** The names that a proxy's class may have, with its package; none when it is no proxy's name. */
  public static List<String> proxied(String inPackage, String proxy) {
    String prefix = inPackage.isEmpty() ? "" : inPackage + ".";
    String name = proxy.startsWith(PROXY) ? proxy.substring(PROXY.length()) : "";
    return name.isEmpty()
        ? List.of()
        : Stream.of(name, name.replace('_', '.')).distinct().map(each -> prefix + each).toList();
  }

  /** The catalogue of what declares pools: {@code Outer_Inner_PoolCatalogue}. */
  public static ClassName catalogueOf(Element declarer) {
    ClassName name = nameOf(declarer);
    return ClassName.get(name.packageName(), joined(name) + CATALOGUE);
  }

  /** Whether a catalogue has such a name. */
  public static boolean isCatalogue(String name) {
    return name.endsWith(CATALOGUE);
  }

  /** The index type of what declares pools: {@code demo_Outer_Inner}. */
  public static String indexOf(Element declarer) {
    return nameOf(declarer).canonicalName().replace("_", "__").replace('.', '_');
  }

  /** Also of a local class, which has no name that generated code could use. */
  private static String flat(TypeElement type) {
    return type.getEnclosingElement() instanceof TypeElement outer
        ? flat(outer) + "_" + type.getSimpleName()
        : type.getSimpleName().toString();
  }

  private static ClassName nameOf(Element declarer) {
    return declarer instanceof PackageElement
        ? ClassName.get(declarer.toString(), "PackageInfo")
        : ClassName.get((TypeElement) declarer);
  }

  private static String joined(ClassName name) {
    return String.join("_", name.simpleNames());
  }
}
