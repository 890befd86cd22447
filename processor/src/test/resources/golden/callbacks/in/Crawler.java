package demo;

import dev.poolwright.Task;
import dev.poolwright.annotation.Async;
import dev.poolwright.annotation.Callback;
import java.util.List;

class Crawler {

  @Async(pool = "io", maxWorkers = 4)
  String get(String url) {
    return url;
  }

  @Async(pool = "cpu", maxWorkers = 2)
  @Callback("get")
  List<String> parse(String page) {
    return List.of(page);
  }

  @Async(pool = "db", maxWorkers = 1)
  @Callback("parse")
  void save(List<String> words) {}

  @Callback("save")
  void saved() {}

  @Callback("get")
  void either(String page, Throwable failure) {}

  @Callback("get")
  void done(Task<String> task) {}

  @Callback("parse(String)")
  static void count(List<String> words) {}

  @Callback
  void failed(Throwable failure) {}
}
