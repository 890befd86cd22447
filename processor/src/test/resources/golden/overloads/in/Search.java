package demo;

import dev.poolwright.annotation.Async;
import java.net.URI;
import java.util.List;

class Search {

  @Async
  List<String> find(String word) {
    return List.of(word);
  }

  @Async(batch = "findByNumber")
  List<String> find(int number) {
    return List.of("" + number);
  }

  @Async(batch = Async.NONE)
  List<String> find(URI uri) {
    return List.of(uri.toString());
  }

  @Async(batch = "findEach")
  List<String> find(String... words) {
    return List.of(words);
  }

  @Async
  long count(char first, int[]... rows) {
    return rows.length;
  }

  @Async
  byte[] box(boolean full) {
    return new byte[0];
  }
}
