package dev.poolwright.samples;

import dev.poolwright.samples.StandardOutput.Unwritable;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what went wrong and what to do, and gives the exit code. */
final class Complaints
    implements IExecutionStrategy, IParameterExceptionHandler, IExecutionExceptionHandler {

  private static final int FAILED = 1;
  private static final int WRONG_ARGUMENTS = 2;
  private static final int INTERRUPTED = 130;
  private static final int CLOSED_PIPE = 141;

  private final PrintWriter err;

  Complaints(PrintWriter err) {
    this.err = err;
  }

  /** Runs the command; help and version cannot be written either where output cannot. */
  @Override
  public int execute(ParseResult parsed) {
    try {
      return new RunLast().execute(parsed);
    } catch (Unwritable e) {
      return handle(e);
    }
  }

  @Override
  public int handleParseException(ParameterException failure, String[] args) {
    if (args.length == 0) {
      err.println(failure.getMessage());
      failure.getCommandLine().usage(err);
      return WRONG_ARGUMENTS;
    }
    return refuse(failure.getCommandLine(), failure.getMessage() + suggestion(failure));
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    return failure instanceof WrongArgument
        ? refuse(command, String.valueOf(failure.getMessage()))
        : handle(failure);
  }

  private int refuse(CommandLine command, String message) {
    err.printf(
        "%s. See '%s --help'.%n", Text.line(message), command.getCommandSpec().qualifiedName());
    return WRONG_ARGUMENTS;
  }

  int handle(Exception failure) {
    if (isEnding()) {
      return INTERRUPTED;
    }
    if (failure instanceof Unwritable unwritable) {
      if (unwritable.isClosedPipe()) {
        return CLOSED_PIPE;
      }
      err.printf("Cannot write to standard output: %s%n", reason(failure));
    } else {
      err.printf("Failed: %s%n", reason(failure));
    }
    return FAILED;
  }

  /** What is to be told of a failure, in one line. */
  static String reason(Throwable failure) {
    Throwable reason = failure;
    while ((reason instanceof CompletionException
            || reason instanceof ExecutionException
            || reason instanceof Unwritable)
        && reason.getCause() != null) {
      reason = reason.getCause();
    }
    String message = reason.getMessage();
    return message == null || message.isBlank()
        ? reason.getClass().getSimpleName()
        : Text.line(message.lines().findFirst().orElse(""));
  }

  private static String suggestion(ParameterException failure) {
    List<String> suggestions =
        failure instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    return suggestions.isEmpty() ? "" : "; did you mean " + String.join(" or ", suggestions);
  }

  /** Whether the JVM ends already, as on Ctrl-C, which cancels what the samples wait for. */
  private static boolean isEnding() {
    try {
      return Runtime.getRuntime().removeShutdownHook(new Thread());
    } catch (IllegalStateException e) {
      return true;
    }
  }
}
