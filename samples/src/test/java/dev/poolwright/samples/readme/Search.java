package dev.poolwright.samples.readme;

import dev.poolwright.TaskContext;
import dev.poolwright.annotation.Async;
import java.util.List;

/** A method that says how far it is, and that ends early when nobody wants its result. */
class Search {

  @Async(pool = "search", maxWorkers = 2)
  int count(String word, List<String> texts) {
    TaskContext me = TaskContext.current();
    int found = 0;
    for (int i = 0; i < texts.size() && !me.isCancelled(); i++) {
      found += texts.get(i).contains(word) ? 1 : 0;
      me.progress((i + 1.0) / texts.size(), "text " + (i + 1));
    }
    return found;
  }
}
