package dev.poolwright.internal.registry;

import java.util.Collection;
import java.util.Comparator;
import java.util.stream.Collectors;

/** What an error text says about a name that does not exist. */
final class NearestName {

  private NearestName() {}

  /**
   * Lists the names there are, and asks for the one that was probably meant.
   *
   * @param wrong what was written
   * @param names what there is, in the order to show
   * @return {@code there are "cpu", "io". Did you mean "io"?}, without the question when no name is
   *     near
   */
  static String among(String wrong, Collection<String> names) {
    String all =
        names.stream()
            .map(name -> '"' + name + '"')
            .collect(Collectors.joining(", ", names.size() == 1 ? "there is " : "there are ", ""));
    return names.stream()
        .filter(name -> distance(wrong, name) <= 1 + Math.min(wrong.length(), name.length()) / 4)
        .min(Comparator.comparingInt(name -> distance(wrong, name)))
        .map(name -> all + ". Did you mean \"" + name + "\"?")
        .orElse(all);
  }

  /** Levenshtein's: fewest letters to insert, delete or replace. */
  private static int distance(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int column = 0; column <= b.length(); column++) {
      above[column] = column;
    }
    for (int row = 1; row <= a.length(); row++) {
      int[] here = new int[b.length() + 1];
      here[0] = row;
      for (int column = 1; column <= b.length(); column++) {
        int replaced = above[column - 1] + (a.charAt(row - 1) == b.charAt(column - 1) ? 0 : 1);
        here[column] = Math.min(replaced, 1 + Math.min(above[column], here[column - 1]));
      }
      above = here;
    }
    return above[b.length()];
  }
}
