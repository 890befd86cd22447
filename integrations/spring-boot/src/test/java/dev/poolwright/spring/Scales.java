package dev.poolwright.spring;

import dev.poolwright.annotation.Async;
import dev.poolwright.annotation.ProcessPool;
import java.io.Serializable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Runs in worker JVMs, where a Spring context makes it. */
@ProcessPool(name = "scales", maxWorkers = 1, modules = Scales.InWorkers.class)
public class Scales {

  private final int factor;

  Scales(int factor) {
    this.factor = factor;
  }

  /** Returns what is found in the worker JVM, and its process. */
  @Async(pool = "scales")
  public Weight weigh(int grams) {
    return new Weight(factor * grams, ProcessHandle.current().pid());
  }

  /** Travels back. */
  public record Weight(int grams, long pid) implements Serializable {}

  /** What a worker JVM knows. */
  @Configuration(proxyBeanMethods = false)
  static class InWorkers {
    @Bean
    Scales scales(@Value("${scales.factor:3}") int factor) {
      return new Scales(factor);
    }
  }
}
