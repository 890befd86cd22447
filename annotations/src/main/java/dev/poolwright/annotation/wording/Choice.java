package dev.poolwright.annotation.wording;

import java.util.List;

/** Formats the words that may be chosen from, for a message. */
public final class Choice {

  private Choice() {}

  /**
   * Joins words with commas and a final "or".
   *
   * @param words one or more
   * @return text such as {@code "block, reject or caller-runs"}
   */
  public static String of(List<String> words) {
    int last = words.size() - 1;
    return last == 0
        ? words.get(0)
        : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
  }
}
