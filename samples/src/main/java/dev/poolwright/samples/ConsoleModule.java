package dev.poolwright.samples;

import com.google.inject.AbstractModule;
import java.io.PrintWriter;

/** Binds what the commands print to. */
final class ConsoleModule extends AbstractModule {

  private final PrintWriter out;
  private final Progress progress;

  ConsoleModule(PrintWriter out, Progress progress) {
    this.out = out;
    this.progress = progress;
  }

  @Override
  protected void configure() {
    bind(PrintWriter.class).toInstance(out);
    bind(Progress.class).toInstance(progress);
  }
}
