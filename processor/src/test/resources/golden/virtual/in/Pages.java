package demo;

import dev.poolwright.annotation.Async;
import dev.poolwright.annotation.PoolKind;
import dev.poolwright.annotation.SaturationPolicy;
import dev.poolwright.annotation.VirtualPool;

@VirtualPool(
    name = "web",
    maxWorkers = 100_000,
    queueCapacity = 10_000,
    whenSaturated = SaturationPolicy.CALLER_RUNS,
    timeout = "30s")
@VirtualPool(name = "mail")
class Pages {

  @Async(pool = "web")
  static String get(String url) {
    return url;
  }

  @Async(pool = "db", kind = PoolKind.VIRTUAL, maxWorkers = 2_000)
  static void put(String page) {}

  @Async(pool = "mail")
  static void send(String text) {}
}
