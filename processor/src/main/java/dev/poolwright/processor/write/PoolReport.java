package dev.poolwright.processor.write;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;

import dev.poolwright.processor.check.Crossing;
import dev.poolwright.processor.check.PoolRuns;
import dev.poolwright.processor.check.TravelCheck;
import dev.poolwright.processor.model.AnnotatedType;
import dev.poolwright.processor.model.AnnotationUse;
import dev.poolwright.processor.model.AsyncMethod;
import dev.poolwright.processor.model.CallbackMatch;
import dev.poolwright.processor.model.CallbackMethod;
import dev.poolwright.processor.model.PoolDeclaration;
import dev.poolwright.processor.model.ProxyNames;
import dev.poolwright.processor.model.SourceNames;
import dev.poolwright.processor.read.DeclaredPools;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.annotation.processing.Filer;
import javax.tools.StandardLocation;

/**
 * What one compilation says of its pools, as plain text: kinds, settings, methods with their
 * callbacks and whether they can move to worker JVMs, and which pool feeds which. Same input, same
 * bytes.
 */
public final class PoolReport {

  private final DeclaredPools pools;
  private final List<AnnotatedType> types;
  private final TravelCheck travel;
  private final StringBuilder text = new StringBuilder();

  public PoolReport(DeclaredPools pools, List<AnnotatedType> types, TravelCheck travel) {
    this.pools = pools;
    this.types =
        types.stream()
            .sorted(comparing(type -> type.element().getQualifiedName().toString()))
            .toList();
    this.travel = travel;
  }

  /**
   * Writes the resource.
   *
   * @param module as {@link NamesFile} takes it
   */
  public void write(Filer filer, String module) throws IOException {
    try (Writer out =
        filer
            .createResource(StandardLocation.CLASS_OUTPUT, module, ProxyNames.REPORT)
            .openWriter()) {
      out.write(text());
    }
  }

  /** The whole report, each line ended by a line feed. */
  String text() {
    line("Pools of this module, as the compiler sees them");
    for (String pool : pools.names()) {
      line("");
      line("pool \"" + pool + "\": " + kind(pool) + ", " + PoolRuns.workers(pool, pools));
      pools.of(pool).stream().sorted(comparing(PoolDeclaration::source)).forEach(this::declaration);
      types.forEach(type -> methods(type, pool));
    }
    line("");
    line("edges");
    edges().forEach(edge -> line("  " + edge));
    return text.toString();
  }

  private String kind(String pool) {
    return pools.isProcess(pool) ? "worker JVMs" : pools.kind(pool).plural();
  }

  private void declaration(PoolDeclaration declaration) {
    String settings =
        declaration.settings().stream()
            .sorted()
            .map(name -> " " + name + "=" + AnnotationUse.written(declaration.setting(name)))
            .collect(joining(","));
    line("  declared at " + declaration.source() + (settings.isEmpty() ? "" : ":" + settings));
  }

  private void methods(AnnotatedType type, String pool) {
    type.methods().stream()
        .filter(method -> method.pool().equals(pool))
        .sorted(comparing(AsyncMethod::signature))
        .forEach(method -> method(type, method));
  }

  private void method(AnnotatedType type, AsyncMethod method) {
    line("  " + name(type, method) + " gives " + SourceNames.type(method.result()));
    if (!method.timeout().isEmpty()) {
      line("    timeout: " + method.timeout());
    }
    method.retries().ifPresent(times -> line("    retries: " + times));
    for (CallbackMatch match : type.callbacksOf(method)) {
      line("    callback: " + match.callback().signature());
    }
    travel.crossings(method.element(), method.type(), method.result()).stream()
        .filter(crossing -> !crossing.travel().isFree())
        .map(PoolReport::verdict)
        .forEach(verdict -> line("    " + verdict));
  }

  private static String verdict(Crossing crossing) {
    return (crossing.travel().isStuck() ? "cannot travel: " : "may not travel: ") + crossing.path();
  }

  /** A callback that is submitted itself feeds its pool from that of the method it belongs to. */
  private Set<String> edges() {
    Set<String> edges = new TreeSet<>();
    for (AnnotatedType type : types) {
      for (CallbackMatch match : type.callbacks()) {
        asyncOf(type, match.callback())
            .map(fed -> edge(match.method(), fed) + " by " + name(type, fed))
            .ifPresent(edges::add);
      }
    }
    return edges;
  }

  private static Optional<AsyncMethod> asyncOf(AnnotatedType type, CallbackMethod callback) {
    return type.methods().stream()
        .filter(method -> method.element().equals(callback.element()))
        .findFirst();
  }

  private static String edge(AsyncMethod from, AsyncMethod to) {
    return "\"" + from.pool() + "\" -> \"" + to.pool() + "\"";
  }

  private static String name(AnnotatedType type, AsyncMethod method) {
    return type.element().getQualifiedName() + "." + method.signature();
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
