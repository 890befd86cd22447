package dev.poolwright.samples;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;

/**
 * Shows on standard error how far a sample is: by a bar at a terminal, else by a line every few
 * seconds.
 */
public final class Progress {

  private static final long PAUSE_NANOS = Duration.ofSeconds(3).toNanos();

  private final PrintWriter err;
  private final boolean isBar;

  private Progress(PrintWriter err, boolean isBar) {
    this.err = err;
    this.isBar = isBar;
  }

  /** A bar where this program has a terminal that takes one, and the user allows it. */
  static Progress forTerminal(PrintWriter err) {
    boolean isPlain =
        !System.getenv().getOrDefault("NO_COLOR", "").isEmpty()
            || "dumb".equals(System.getenv("TERM"));
    return new Progress(err, !isPlain && isTerminal());
  }

  static Progress lines(PrintWriter err) {
    return new Progress(err, false);
  }

  /**
   * Begins a display, which ends when it is closed.
   *
   * @param name what is done
   */
  public Display begin(String name) {
    return isBar ? new Bar(name) : new Lines(name);
  }

  private static boolean isTerminal() {
    if (Optional.ofNullable(System.console()).filter(Progress::isTerminal).isEmpty()) {
      return false;
    }
    try {
      Path out = Path.of("/dev/fd/1");
      return !Files.exists(out) || Files.isSameFile(out, Path.of("/dev/fd/2"));
    } catch (IOException e) {
      return false;
    }
  }

  /** Java 22 and newer have a console without a terminal, and a method that tells. */
  private static boolean isTerminal(Console console) {
    try {
      Method method = Console.class.getMethod("isTerminal");
      return (boolean) method.invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  /** One thing that is under way. Thread-safe. */
  public sealed interface Display extends AutoCloseable {

    /**
     * Tells how far it is.
     *
     * @param done of the total
     * @param total as far as it is known
     */
    void update(long done, long total);

    @Override
    void close();
  }

  private static final class Bar implements Display {

    private final ProgressBar bar;

    Bar(String name) {
      bar = ProgressBar.builder().setTaskName(name).build();
    }

    @Override
    public void update(long done, long total) {
      bar.maxHint(total).stepTo(done);
    }

    @Override
    public void close() {
      bar.close();
    }
  }

  private final class Lines implements Display {

    private final String name;
    private long shownNanos = System.nanoTime();

    Lines(String name) {
      this.name = name;
    }

    @Override
    public synchronized void update(long done, long total) {
      if (System.nanoTime() - shownNanos >= PAUSE_NANOS) {
        shownNanos = System.nanoTime();
        err.printf("%s: %,d of %,d%n", name, done, total);
      }
    }

    @Override
    public void close() {
      // Each line stands for itself.
    }
  }
}
