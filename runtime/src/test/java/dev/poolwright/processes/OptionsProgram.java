package dev.poolwright.processes;

import dev.poolwright.Pools;
import dev.poolwright.ProcessPoolConfig;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;

/** A program that prints what its options let it do, and a worker JVM of it; no word where none. */
public final class OptionsProgram {
  private OptionsProgram() {}

  /** Runs it. */
  public static void main(String[] args) throws IOException {
    try (Pools pools =
        Pools.builder()
            .pool(ProcessPoolConfig.named("cpu").maxWorkers(1).jvmArgs("-Xmx65m"))
            .build()) {
      System.out.println("worker: " + pools.pool("cpu").submit(OptionsProgram::rights).join());
    }
    System.out.println("parent: " + rights());
  }

  private static Map<String, Object> rights() throws IOException {
    Module own = OptionsProgram.class.getModule();
    Module base = Object.class.getModule();
    Module logging = ModuleLayer.boot().findModule("java.logging").orElseThrow();
    try (InputStream patched = logging.getResourceAsStream("patched.txt")) {
      String options = ManagementFactory.getRuntimeMXBean().getInputArguments().toString();
      return new TreeMap<>(
          Map.of(
              "booted", ClassLoader.getPlatformClassLoader().getResource("booted.txt") != null,
              "opens", base.isOpen("java.util.zip", own),
              "exports", base.isExported("jdk.internal.misc", own),
              "reads", base.canRead(logging),
              "added", ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent(),
              "patched", patched != null,
              "asserts", OptionsProgram.class.desiredAssertionStatus(),
              "preview", options.contains("--enable-preview"),
              "native", options.contains("--enable-native-access"),
              "heap", options.contains("-Xmx64m")));
    }
  }
}
