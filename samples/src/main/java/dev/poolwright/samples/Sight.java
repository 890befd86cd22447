package dev.poolwright.samples;

import dev.poolwright.Pools;
import dev.poolwright.console.Console;
import dev.poolwright.console.Timeline;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** Shows what a command does, where its options ask for that. */
final class Sight implements IExecutionStrategy {

  private final Pools pools;
  private final BufferedReader in;
  private final PrintWriter out;
  private final IExecutionStrategy command;

  @Option(
      names = "--console",
      scope = ScopeType.INHERIT,
      description = "Show the pools in a browser; Enter begins, and ends.")
  private boolean isConsole;

  @Option(
      names = "--timeline",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "Write a picture of the run as FILE.html, and FILE.json for Perfetto.")
  private Optional<Path> timeline = Optional.empty();

  Sight(Pools pools, BufferedReader in, PrintWriter out, IExecutionStrategy command) {
    this.pools = pools;
    this.in = in;
    this.out = out;
    this.command = command;
  }

  @Override
  public int execute(ParseResult parsed) {
    boolean isHelp =
        parsed.asCommandLineList().stream()
            .anyMatch(each -> each.isUsageHelpRequested() || each.isVersionHelpRequested());
    return isHelp ? command.execute(parsed) : watched(parsed);
  }

  private int watched(ParseResult parsed) {
    try {
      return isConsole ? onConsole(parsed) : recorded(parsed);
    } catch (IOException e) {
      String reason =
          e instanceof FileSystemException ? "cannot write " + e.getMessage() : e.getMessage();
      throw new ParameterException(parsed.commandSpec().commandLine(), reason, e);
    }
  }

  private int onConsole(ParseResult parsed) throws IOException {
    try (Console console = Console.start(pools, 0)) {
      out.printf("Open %s, then press Enter to begin.%n", console.uri());
      String unused = in.readLine();
      int exitCode = recorded(parsed);
      out.println("Press Enter to end.");
      unused = in.readLine();
      return exitCode;
    }
  }

  private int recorded(ParseResult parsed) throws IOException {
    if (timeline.isEmpty()) {
      return command.execute(parsed);
    }
    try (Timeline recording = Timeline.record(pools, timeline.get())) {
      int exitCode = command.execute(parsed);
      out.printf("See %s%n", Text.line(recording.page().toUri()));
      return exitCode;
    }
  }
}
