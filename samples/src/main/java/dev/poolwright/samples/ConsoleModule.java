package dev.poolwright.samples;

import com.google.inject.AbstractModule;
import java.io.PrintWriter;

/** Binds what the commands print to. */
final class ConsoleModule extends AbstractModule {

  private final PrintWriter out;

  ConsoleModule(PrintWriter out) {
    this.out = out;
  }

  @Override
  protected void configure() {
    bind(PrintWriter.class).toInstance(out);
  }
}
