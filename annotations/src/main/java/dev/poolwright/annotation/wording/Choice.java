package dev.poolwright.annotation.wording;

import java.util.List;

/** Words of which one may be chosen, as a message has them. */
public final class Choice {

  private Choice() {}

  /**
   * Joins words.
   *
   * @param words one or more
   * @return as in {@code "block, reject or caller-runs"}
   */
  public static String of(List<String> words) {
    int last = words.size() - 1;
    return last == 0
        ? words.get(0)
        : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
  }
}
