package dev.poolwright.internal.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.internal.LeavesNothingBehind;
import dev.poolwright.internal.LogLines;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(LeavesNothingBehind.class)
class ExitHookTest {
  private static final String GRACE = "poolwright.exit-grace";

  private final List<String> told = new CopyOnWriteArrayList<>();
  private final Life life =
      new Life(failure -> {}, new ExitPlan(true, Duration.ZERO), getClass().getClassLoader());

  /** A pool that keeps what it is told, and throws at each step of an exit, or not. */
  private Life.Member pool(String name, boolean isBroken) {
    return (Life.Member)
        Proxy.newProxyInstance(
            Life.Member.class.getClassLoader(),
            new Class<?>[] {Life.Member.class},
            (proxy, method, arguments) -> {
              told.add(name + "." + method.getName());
              if (isBroken && method.getReturnType() == void.class) {
                throw new StackOverflowError("on purpose");
              }
              return method.getReturnType() == boolean.class ? (Object) true : List.of();
            });
  }

  @Test
  @DisplayName("an exit ends the workers of every pool, whatever the others throw")
  void takesEachStep() throws Exception {
    life.add(pool("broken", true));
    life.add(pool("sound", false));
    try (LogLines log = new LogLines()) {
      life.exitHook().exit();
      assertThat(log.lines()).isNotEmpty();
    }
    assertThat(told)
        .contains("sound.killWorkers", "sound.cancelQueued")
        .containsSubsequence("broken.killWorkers", "sound.killWorkers")
        .containsSubsequence("broken.cancelQueued", "sound.cancelQueued");
  }

  @Test
  @DisplayName("a bad setting that cannot be printed keeps no exit from ending the workers")
  void survivesABrokenStream() throws Exception {
    life.add(pool("sound", false));
    PrintStream before = System.err;
    System.setProperty(GRACE, "soon");
    System.setErr(
        new PrintStream(OutputStream.nullOutputStream()) {
          @Override
          public void println(String line) {
            throw new IllegalStateException("on purpose");
          }
        });
    try (LogLines log = new LogLines()) {
      life.exitHook().exit();
      assertThat(log.lines()).isNotEmpty();
    } finally {
      System.setErr(before);
      System.clearProperty(GRACE);
    }
    assertThat(told).contains("sound.killWorkers", "sound.cancelQueued");
    assertThat(life.awaitTermination(TimeUnit.SECONDS.toNanos(10))).isTrue();
  }
}
