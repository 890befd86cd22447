package example.modules;

import dev.poolwright.Pools;
import dev.poolwright.annotation.Async;
import dev.poolwright.annotation.PoolKind;

/** A named module, without Guice: one method on a thread, one in a worker JVM. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    try (Pools pools = Pools.builder().build()) {
      AsyncMain async = new AsyncMain(pools);
      System.out.println(async.here("a thread").join());
      System.out.println(async.elsewhere("a worker JVM").join());
    }
  }

  @Async(pool = "here", maxWorkers = 1)
  static String here(String where) {
    return "Hello from " + where + " of " + Main.class.getModule();
  }

  @Async(pool = "elsewhere", kind = PoolKind.PROCESS, maxWorkers = 1)
  static String elsewhere(String where) {
    return "Hello from " + where + " of " + Main.class.getModule();
  }
}
