package dev.poolwright.samples;

import com.google.inject.Guice;
import com.google.inject.Injector;
import dev.poolwright.Pools;
import dev.poolwright.guice.PoolwrightModule;
import dev.poolwright.samples.crawl.CrawlCommand;
import dev.poolwright.samples.harvest.CallbackCommand;
import dev.poolwright.samples.jars.ClusterCommand;
import dev.poolwright.samples.jars.JarsCommand;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** Starts the sample that its first argument names. */
@Command(
    name = "samples",
    description = "Small programs that show Poolwright at work.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ThreadsCommand.class,
      MapCommand.class,
      ProcessesCommand.class,
      CallbackCommand.class,
      CrawlCommand.class,
      JarsCommand.class,
      ClusterCommand.class
    })
public final class Main {

  /** Made by picocli. */
  Main() {}

  /**
   * Runs one sample. Ends by itself when its work is done; exits with a code of its own only when
   * something went wrong.
   *
   * @param args a command and its options; {@code --help} lists them
   */
  public static void main(String[] args) {
    Charset charset = Charset.defaultCharset();
    PrintWriter out = new PrintWriter(new StandardOutput(), true, charset);
    PrintWriter err = new PrintWriter(System.err, true, charset);
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, charset));
    int exitCode = run(in, out, err, Progress.forTerminal(err), args);
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  /**
   * Gives the exit code: 0 when all went well, 1 when the work failed, 2 for wrong arguments, 130
   * after Ctrl-C, 141 when nobody reads the output any more.
   */
  @SuppressWarnings("try") // the pools are here to be closed, not to be used
  static int run(
      BufferedReader in, PrintWriter out, PrintWriter err, Progress progress, String... args) {
    Injector injector =
        Guice.createInjector(new PoolwrightModule(), new ConsoleModule(out, progress));
    Complaints complaints = new Complaints(err);
    try (Pools pools = injector.getInstance(Pools.class)) {
      Sight sight = new Sight(pools, in, out, complaints);
      CommandLine commands =
          new CommandLine(Main.class, new InjectedCommands(injector))
              .setOut(out)
              .setErr(err)
              .addMixin("sight", sight)
              .setExecutionStrategy(sight)
              .setParameterExceptionHandler(complaints)
              .setExecutionExceptionHandler(complaints);
      int exitCode = commands.execute(args);
      out.flush();
      return exitCode;
    } catch (RuntimeException e) {
      return complaints.handle(e);
    }
  }
}
