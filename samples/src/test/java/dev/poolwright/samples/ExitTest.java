package dev.poolwright.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ends as exec:java ends a program: main returns, then its threads are interrupted and joined. */
@Timeout(60)
final class ExitTest {

  private static final long LIMIT_MILLIS = 1_000;

  @ParameterizedTest
  @ValueSource(strings = {"threads", "map", "processes", "callback"})
  void leavesNoThreadBehindUnderExecJava(String command) throws InterruptedException {
    ThreadGroup group = new ThreadGroup("exec");
    Thread main = new Thread(group, () -> Main.main(new String[] {command}), "main");
    main.start();
    main.join();

    long deadline = System.nanoTime() + LIMIT_MILLIS * 1_000_000;
    for (Thread thread : threads(group)) {
      thread.interrupt();
      thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
    }

    assertThat(threads(group)).isEmpty();
  }

  private static List<Thread> threads(ThreadGroup group) {
    Thread[] threads = new Thread[group.activeCount() + 16];
    int count = group.enumerate(threads);
    return Arrays.stream(threads, 0, count).filter(Objects::nonNull).toList();
  }
}
