package dev.poolwright.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.Pool;
import dev.poolwright.Pools;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** SIGTERM loses nothing that was accepted within the grace. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@DisabledOnOs(OS.WINDOWS)
final class SigtermTest {

  private static final int TASKS = 300;

  @Test
  void sigtermUnderLoadLosesNothingThatWasAccepted() throws Exception {
    Process application =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Application.class.getName())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader out = application.inputReader()) {
      awaitLine(out, "accepted");
      application.toHandle().destroy(); // destroy() of a process closes its streams

      List<String> rest = out.lines().toList();
      assertThat(rest).contains("all " + TASKS + " done when the database closes");
      assertThat(application.waitFor()).as("ended by SIGTERM").isEqualTo(128 + 15);
    } finally {
      application.destroyForcibly();
    }
  }

  private static void awaitLine(BufferedReader out, String wanted) throws IOException {
    for (String line = out.readLine(); !wanted.equals(line); line = out.readLine()) {
      assertThat(line).isNotNull();
    }
  }

  /** Has more to do than it can before SIGTERM. */
  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration(PoolwrightAutoConfiguration.class)
  static class Application {

    private static final AtomicInteger DONE = new AtomicInteger();

    @Bean
    AutoCloseable database() {
      return () -> System.out.println("all " + DONE + " done when the database closes");
    }

    public static void main(String[] args) {
      Pool pool =
          new SpringApplicationBuilder(Application.class)
              .web(WebApplicationType.NONE)
              .run(args)
              .getBean(Pools.class)
              .pool("greetings");
      for (int i = 0; i < TASKS; i++) {
        pool.execute(
            () -> {
              sleep();
              DONE.incrementAndGet();
            });
      }
      System.out.println("accepted");
    }

    private static void sleep() {
      try {
        Thread.sleep(5); // a query
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
