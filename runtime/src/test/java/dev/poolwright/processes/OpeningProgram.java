package dev.poolwright.processes;

import dev.poolwright.Pools;
import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.spi.CallSite;

/** A program that opens a call site as generated code does. */
public final class OpeningProgram {
  private OpeningProgram() {}

  /** Runs it. */
  public static void main(String[] args) {
    try (Pools pools = Pools.builder().pool(ProcessPoolConfig.named("cpu")).build()) {
      CallSite<OpeningProgram> unused =
          CallSite.<OpeningProgram>ofStatic(OpeningProgram.class, "work()", "cpu").open(pools);
      System.out.println("opened");
    }
  }
}
