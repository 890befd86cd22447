package demo;

import dev.poolwright.annotation.Async;
import dev.poolwright.annotation.Callback;

class Int {

  @Async
  int hash(int hashCode, int toString, int wait, int notify, int getClass, int clone) {
    return hashCode;
  }

  @Async
  String sites(String int_, String sitesSite, String pools, String options, String row) {
    return pools;
  }

  @Async
  Task task(Task task, Iterable iterable, URL url) {
    return task;
  }

  @Async
  String URL() {
    return "";
  }

  @Callback("sites")
  void done(String pools) {}
}
