package dev.poolwright.samples.readme;

import dev.poolwright.Task;
import java.util.List;

/** Listens to the progress of a task. */
final class Searching {

  private final AsyncSearch search;

  Searching(AsyncSearch search) {
    this.search = search;
  }

  Task<Integer> count(String word, List<String> texts) {
    return search
        .count(word, texts)
        .onProgress(now -> System.out.printf("%.0f %%: %s%n", 100 * now.fraction(), now.message()));
  }

  List<Integer> countEach(List<String> words, List<List<String>> texts) {
    return search.countAll(words, texts).toList(); // as many as the shorter list has
  }
}
