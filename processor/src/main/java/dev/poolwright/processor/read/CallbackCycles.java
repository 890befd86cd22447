package dev.poolwright.processor.read;

import dev.poolwright.processor.model.AnnotationUse;
import dev.poolwright.processor.model.CallbackMatch;
import dev.poolwright.processor.model.DiagnosticId;
import dev.poolwright.processor.model.Problems;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/** Finds callbacks that are submitted and whose own callbacks lead back to them. */
final class CallbackCycles {

  private final Problems problems;

  CallbackCycles(Problems problems) {
    this.problems = problems;
  }

  /** Reports each cycle once, at the callback that closes it in declaration order. */
  void check(TypeElement type, List<CallbackMatch> matches) {
    Map<ExecutableElement, List<CallbackMatch>> next =
        matches.stream()
            .filter(match -> match.callback().isAsync())
            .collect(Collectors.groupingBy(match -> match.method().element()));
    Set<Set<String>> said = new java.util.HashSet<>();
    for (CallbackMatch start : matches) {
      List<CallbackMatch> cycle = cycle(start, next);
      if (!cycle.isEmpty() && said.add(namesOf(cycle))) {
        report(type, start, cycle);
      }
    }
  }

  /** The shortest way from a callback back to the method it waits for. */
  private static List<CallbackMatch> cycle(
      CallbackMatch start, Map<ExecutableElement, List<CallbackMatch>> next) {
    if (!start.callback().isAsync()) {
      return List.of();
    }
    Deque<List<CallbackMatch>> ways = new ArrayDeque<>();
    Set<CallbackMatch> seen = new java.util.HashSet<>();
    ways.add(List.of(start));
    while (!ways.isEmpty()) {
      List<CallbackMatch> way = ways.remove();
      ExecutableElement end = way.get(way.size() - 1).callback().element();
      if (end.equals(start.method().element())) {
        return way;
      }
      for (CallbackMatch step : next.getOrDefault(end, List.of())) {
        if (seen.add(step)) {
          List<CallbackMatch> longer = new ArrayList<>(way);
          longer.add(step);
          ways.add(longer);
        }
      }
    }
    return List.of();
  }

  private static Set<String> namesOf(List<CallbackMatch> cycle) {
    return cycle.stream()
        .map(match -> match.callback().signature())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void report(TypeElement type, CallbackMatch start, List<CallbackMatch> cycle) {
    AnnotationUse use = start.callback().use();
    if (type.equals(use.holder().getEnclosingElement())) {
      String drawn =
          start.method().name()
              + " -> "
              + cycle.stream()
                  .map(match -> match.callback().element().getSimpleName())
                  .collect(Collectors.joining(" -> "));
      problems.report(
          DiagnosticId.CALLBACK_CYCLE,
          use.holder(),
          use.mirror(),
          use.given("value").orElse(null),
          drawn);
    }
  }
}
