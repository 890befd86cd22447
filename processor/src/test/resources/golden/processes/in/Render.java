package demo;

import com.google.inject.AbstractModule;
import dev.poolwright.annotation.Async;
import dev.poolwright.annotation.ProcessPool;
import dev.poolwright.annotation.SaturationPolicy;
import java.io.Serializable;

@ProcessPool(
    name = "render",
    maxWorkers = 2,
    queueCapacity = 10,
    queueBytes = 1L << 30,
    whenSaturated = SaturationPolicy.REJECT,
    keepAlive = "1m",
    prestart = 1,
    timeout = "30s",
    cancelGrace = "250ms",
    maxTasksPerWorker = 100,
    retries = 3,
    startTimeout = "PT10S",
    exitTimeout = "5s",
    jvmArgs = {"-Xmx256m", "-Dquote=\"$\""},
    environment = "LANG=C",
    initializer = Render.Warm.class,
    modules = {Render.Wiring.class},
    payloadLimit = 1 << 20,
    allow = {"demo.**", "java.net.URI"},
    crashFiles = "/var/crash")
public class Render {
  record Scene(String text, int[] points) implements Serializable {}

  public static class Warm implements Runnable {
    @Override
    public void run() {}
  }

  public static class Wiring extends AbstractModule {}

  private final String font;

  Render(String font) {
    this.font = font;
  }

  @Async(pool = "render", retries = 2)
  byte[] draw(Scene scene) {
    return font.getBytes();
  }

  @Async(pool = "io")
  Thread watch(Runnable work) {
    return new Thread(work);
  }

  @Async(pool = "log", batch = Async.NONE)
  static void log(String line) {}
}
