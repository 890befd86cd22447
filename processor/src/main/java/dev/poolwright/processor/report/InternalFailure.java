package dev.poolwright.processor.report;

import dev.poolwright.processor.model.DiagnosticId;
import dev.poolwright.processor.model.Problems;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import javax.lang.model.element.Element;

/** Turns a crash of the processor into a diagnostic, so that the compiler lives on. */
public final class InternalFailure {

  /** A piece of work that may write files. */
  public interface Work {
    void run() throws IOException;
  }

  private InternalFailure() {}

  /** Does the work for an element, and reports what it throws there. */
  public static void guard(Element element, Problems problems, Work work) {
    try {
      work.run();
    } catch (RuntimeException
        | IOException
        | AssertionError
        | LinkageError
        | StackOverflowError e) {
      problems.report(DiagnosticId.ASYNC_INTERNAL, element, element, trace(e));
    }
  }

  /** The stack of a failure, as text. */
  public static String trace(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace, true));
    return trace.toString();
  }
}
