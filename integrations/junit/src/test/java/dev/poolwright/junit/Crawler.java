package dev.poolwright.junit;

import dev.poolwright.annotation.Async;
import dev.poolwright.annotation.Callback;
import dev.poolwright.annotation.PoolKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What tests call. */
class Crawler {
  final List<String> saved = new ArrayList<>();

  @Async(pool = "io", maxWorkers = 2, timeout = "5s")
  String get(String url) {
    return "page of " + url;
  }

  @Callback("get(String)")
  void save(String page) {
    saved.add(page);
  }

  @SuppressWarnings("AsyncMayNotTravel") // The tests try what may not.
  @Async(pool = "cpu", kind = PoolKind.PROCESS, maxWorkers = 1)
  static int count(Map<String, Object> values) {
    values.put("seen", true);
    return values.size();
  }
}
