package dev.poolwright.processor.body;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which pool's workers wait for tasks of which other pools, as far as bodies show it. */
final class PoolWaits {

  private final Map<String, Set<String>> waits = new TreeMap<>();

  /**
   * Adds a wait.
   *
   * @param from the pool whose worker waits
   * @param to the pool whose task it waits for
   * @return the cycle that it closes, as {@code "io" -> "cpu" -> "io"}; empty when it closes none
   */
  Optional<String> add(String from, String to) {
    waits.computeIfAbsent(from, name -> new TreeSet<>()).add(to);
    Deque<String> way = new ArrayDeque<>();
    return find(to, from, way, new HashSet<>()) ? Optional.of(draw(from, way)) : Optional.empty();
  }

  private boolean find(String at, String goal, Deque<String> way, Set<String> seen) {
    way.addLast(at);
    if (at.equals(goal)) {
      return true;
    }
    if (seen.add(at)) {
      for (String next : waits.getOrDefault(at, Set.of())) {
        if (find(next, goal, way, seen)) {
          return true;
        }
      }
    }
    way.removeLast();
    return false;
  }

  private static String draw(String from, Deque<String> way) {
    List<String> names = new ArrayList<>();
    names.add("\"" + from + "\"");
    way.forEach(name -> names.add("\"" + name + "\""));
    return String.join(" -> ", names);
  }
}
