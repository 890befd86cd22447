package dev.poolwright.internal.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.internal.access.ReadableFailure;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@Timeout(20)
@ResourceLock(Resources.SYSTEM_ERR)
@SuppressWarnings("serial") // No exception of these travels.
final class GuardTest {

  private static final Logger LOGGER = Logger.getLogger("dev.poolwright");

  private static final List<Throwable> ANYTHING =
      List.of(
          new RuntimeException("it"),
          new OutOfMemoryError("it"),
          new StackOverflowError("it"),
          new Exception("it"));

  @Test
  void letsNothingOutOfForeignCode() {
    withHandler(
        record -> {},
        () ->
            ANYTHING.forEach(
                thrown ->
                    Guard.run(
                        () -> "it",
                        () -> {
                          throw thrown;
                        })));
  }

  @Test
  void tellsStandardErrorWhatALoggerThatThrowsDoesNotTake() {
    for (Throwable thrown : ANYTHING) {
      String printed =
          withHandler(
              record -> sneak(thrown),
              () -> Guard.log(Level.ERROR, "the disk is full", new IllegalStateException("x")));

      assertThat(printed)
          .contains("poolwright: the disk is full")
          .contains("IllegalStateException")
          .contains(thrown.getClass().getName());
    }
  }

  @Test
  void saysNothingWhereStandardErrorThrowsToo() {
    PrintStream before = System.err;
    System.setErr(
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8) {
          @Override
          public void println(String line) {
            throw new OutOfMemoryError("no room for " + line);
          }
        });
    Handler handler = handler(record -> sneak(new StackOverflowError()));
    try {
      Guard.log(Level.ERROR, "lost");
    } finally {
      LOGGER.removeHandler(handler);
      System.setErr(before);
    }
  }

  @Test
  void repeatsAStepThatThrowsUntilItIsOver() {
    AtomicInteger steps = new AtomicInteger();

    withHandler(
        record -> {},
        () ->
            Guard.repeat(
                "test",
                () -> {
                  int step = steps.incrementAndGet();
                  if (step <= ANYTHING.size()) {
                    sneak(ANYTHING.get(step - 1));
                  }
                  return step < 10;
                }));

    assertThat(steps).hasValue(10);
  }

  @Test
  void namesTheClassOfWhatCannotSayWhatItIs() {
    Throwable mute =
        new RuntimeException() {
          @Override
          public String getMessage() {
            throw new IllegalStateException();
          }
        };

    assertThat(ReadableFailure.text(mute)).startsWith(mute.getClass().getName());
    assertThat(ReadableFailure.text(new RuntimeException("x")))
        .isEqualTo("java.lang.RuntimeException: x");
  }

  /** Runs while a handler listens to the library's logger; returns what went to standard error. */
  private static String withHandler(java.util.function.Consumer<LogRecord> publish, Runnable code) {
    PrintStream before = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    Handler handler = handler(publish);
    LOGGER.setUseParentHandlers(false);
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      code.run();
    } finally {
      System.setErr(before);
      LOGGER.setUseParentHandlers(true);
      LOGGER.removeHandler(handler);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  private static Handler handler(java.util.function.Consumer<LogRecord> publish) {
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            publish.accept(record);
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    LOGGER.addHandler(handler);
    return handler;
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void sneak(Throwable thrown) throws E {
    throw (E) thrown;
  }
}
