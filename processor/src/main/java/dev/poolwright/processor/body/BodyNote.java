package dev.poolwright.processor.body;

import dev.poolwright.processor.report.Reporter;
import javax.annotation.processing.ProcessingEnvironment;

/** Starts the body checks where the compiler is javac, and says once where they cannot run. */
public final class BodyNote {

  public static final String TEXT =
      "Poolwright does not check method bodies here, since this compiler does not show them to"
          + " processors. With javac, add -Xplugin:Poolwright.";

  private BodyNote() {}

  /** Starts the checks; called once, by one processor. */
  public static void start(ProcessingEnvironment environment, Reporter reporter) {
    boolean isStarted;
    try {
      isStarted = BodyReport.start(environment);
    } catch (LinkageError notJavac) {
      isStarted = false; // another compiler has no com.sun.source
    }
    if (!isStarted) {
      reporter.printNote(TEXT);
    }
  }
}
