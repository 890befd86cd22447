package dev.poolwright.annotation.wording;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the name that was most likely meant by a mistyped one: the one with the fewest letters
 * changed, added or removed. Shared, so that compiler and runtime suggest the same name.
 */
public final class NearestName {

  private NearestName() {}

  /**
   * Finds the candidate nearest to a name.
   *
   * @param name the name as written
   * @param candidates the existing names
   * @return the nearest name, the first in alphabetical order if several are equally near; empty if
   *     more than a third of the letters (at least two) would have to change
   */
  public static Optional<String> to(String name, Collection<String> candidates) {
    int limit = Math.max(2, name.length() / 3);
    return candidates.stream()
        .filter(candidate -> isNear(name, candidate, limit))
        .min(
            Comparator.comparingInt((String candidate) -> distance(name, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  /**
   * The sentence that ends a message.
   *
   * @param name the name as written
   * @param candidates the existing names
   * @param otherwise the sentence to use if none is near
   * @return {@code Did you mean "io"?} or the other sentence
   */
  public static String hint(String name, Collection<String> candidates, String otherwise) {
    return to(name, candidates)
        .map(nearest -> "Did you mean \"" + nearest + "\"?")
        .orElse(otherwise);
  }

  private static boolean isNear(String name, String candidate, int limit) {
    int distance = distance(name, candidate);
    return distance <= limit && distance < Math.max(name.length(), candidate.length());
  }

  /** Levenshtein's distance, in which a swap of neighbours counts once and case not at all. */
  static int distance(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, a, b, i, j);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int cheapest(int[][] cost, String a, String b, int i, int j) {
    int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
    int best = Math.min(cost[i - 1][j - 1] + change, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
    boolean isSwap =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return isSwap ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}
