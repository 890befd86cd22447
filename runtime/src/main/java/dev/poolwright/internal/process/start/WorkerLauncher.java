package dev.poolwright.internal.process.start;

import dev.poolwright.WorkerStartException;
import dev.poolwright.annotation.setting.PoolSetting;
import dev.poolwright.internal.access.ReadableFailure;
import dev.poolwright.internal.life.Deadlines.Deadline;
import dev.poolwright.internal.life.Guard;
import dev.poolwright.internal.life.Life;
import dev.poolwright.internal.parcel.Parcel;
import dev.poolwright.internal.pool.PoolSettings;
import dev.poolwright.internal.process.jvm.ExitWatch;
import dev.poolwright.internal.process.jvm.FatalErrorLog;
import dev.poolwright.internal.process.jvm.OutputDrain;
import dev.poolwright.internal.process.jvm.ProcessEnd;
import dev.poolwright.internal.process.jvm.WorkerDirectory;
import dev.poolwright.internal.process.jvm.WorkerEndpoint;
import dev.poolwright.internal.process.jvm.WorkerFiles;
import dev.poolwright.internal.process.jvm.WorkerJvm;
import dev.poolwright.internal.task.PoolTask;
import dev.poolwright.internal.time.Nanos;
import dev.poolwright.internal.wire.Frame;
import dev.poolwright.internal.wire.FrameChannel;
import dev.poolwright.internal.wire.FrameType;
import dev.poolwright.internal.wire.Hello;
import dev.poolwright.internal.wire.Invitation;
import dev.poolwright.internal.wire.PayloadBuffer;
import dev.poolwright.internal.wire.PrivateDirectory;
import dev.poolwright.internal.wire.ProcessMark;
import dev.poolwright.internal.wire.ProtocolDesyncException;
import dev.poolwright.internal.wire.RunWord;
import dev.poolwright.internal.wire.WorkerSetup;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Starts the worker JVMs of one pool.
 *
 * <p><b>Threads:</b> thread-safe; each start blocks its caller until the worker is ready.
 */
public final class WorkerLauncher {
  static final String PARENT = Long.toString(ProcessHandle.current().pid());
  private static final String NOT_NEEDED = "nobody needs it any more";

  /** A JVM that cannot start says why, and ends by itself. */
  private static final long LAST_WORDS_MILLIS = 500;

  private static final int MOST_KILLS = 3;
  private static final long REAP_MILLIS = 5_000;

  /**
   * SIGHUP, SIGINT and SIGTERM often go to the whole group of the parent's processes, and a worker
   * leaves them to the parent only once it has booted.
   */
  private static final Set<Integer> SIGNALLED = Set.of(129, 130, 143);

  private static final int MOST_TRIES = 3;

  private final PoolSettings settings;
  private final Life life;
  private final Machine machine;
  private final ProcessEnd ends;
  private final WorkerCommand command;
  private final ProcessMark marks = ProcessMark.random();
  private final WorkerDirectory directory = new WorkerDirectory();
  private volatile boolean hasPipes = true; // Until none could be made.
  private final AtomicInteger count = new AtomicInteger();

  public WorkerLauncher(PoolSettings settings, Life life, Machine machine) {
    this.settings = settings;
    this.life = life;
    this.machine = machine;
    this.ends = new ProcessEnd(life);
    this.command = new WorkerCommand(settings, directory);
  }

  /** What tells workers apart, as {@link ClassPath#origin}. */
  public @Nullable ClassLoader origin(@Nullable PoolTask<?> task) {
    Parcel parcel = Parcel.of(task);
    return command.classPath().origin(parcel == null ? null : parcel.loader());
  }

  /** Why worker JVMs would not find a class, or us; null when they would. */
  public @Nullable String classProblem(Class<?> type) {
    String own = command.classPath().problem(WorkerLauncher.class);
    return own == null ? command.classPath().problem(type) : own;
  }

  /**
   * Starts a worker JVM and waits until it is ready.
   *
   * @param name as {@code "io-1"}
   * @param starting for stopping that
   * @return idle
   * @throws WorkerStartException when it cannot be started, or was stopped; nothing of it is left
   */
  public WorkerJvm start(String name, StartingWorker starting) {
    try {
      for (int tries = 1; ; tries++) {
        Launch launch = new Launch(name, starting);
        try {
          return launch.run();
        } catch (NoPipesException e) {
          hasPipes = false; // It waits for its tether on one: another one then, by its input.
        } catch (WorkerStartException e) {
          if (!launch.isSignalled || tries == MOST_TRIES || starting.isStopped()) {
            throw e;
          }
        }
      }
    } catch (WorkerStartException e) {
      throw e;
    } catch (Throwable e) {
      throw failed(name, e);
    }
  }

  /** Says that the private directory is in use. */
  public void touch() {
    directory.touch();
  }

  /** Removes private directories that killed parents left in the same folder. */
  public void tidyUp() {
    directory.tidyUp();
  }

  /** Kills what killed worker JVMs started and left to others. */
  public void killMarked() {
    if (count.get() > 0) {
      marks.killAll();
    }
  }

  /** Removes the private directory. */
  public void close() {
    directory.close();
  }

  /** What a start fails with that threw something nobody expected. */
  public WorkerStartException failed(String name, Throwable cause) {
    return failed(name, said(cause), cause);
  }

  private WorkerStartException failed(String name, String why, @Nullable Throwable cause) {
    return new WorkerStartException(
        "pool \"" + settings.name() + "\": worker JVM " + name + " could not be started: " + why,
        cause);
  }

  /** With its class, where the text alone would not tell what it is. */
  public static String said(Throwable cause) {
    return cause instanceof IOException || cause instanceof WorkerStartException
        ? String.valueOf(cause.getMessage())
        : ReadableFailure.text(cause);
  }

  private static void close(@Nullable Closeable open) {
    try {
      if (open != null) {
        open.close();
      }
    } catch (Throwable e) {
      // Who waits in it sees that it is gone.
    }
  }

  /** The file system has no named pipes, or there is no process to make them. */
  private static final class NoPipesException extends IOException {
    private static final long serialVersionUID = 1;
  }

  /**
   * One try of a start: the process, its files, and what is said to it before it is ready.
   *
   * <p><b>Threads:</b> confined to the thread that starts it, but for what happens too late.
   */
  private final class Launch {
    private final String name;
    private final StartingWorker starting;
    private final ProcessMark mark = marks.of(count.incrementAndGet());
    private final PrivateDirectory home;
    private final WorkerEndpoint.Names files;
    private final Path arguments;
    private final WorkerFiles left;
    private final Instant startedAt = Instant.now();
    private final AtomicReference<@Nullable String> ended = new AtomicReference<>();

    // Null until there is one.
    private @Nullable Process process;
    private @Nullable OutputDrain stdout;
    private @Nullable OutputDrain stderr;
    private @Nullable OutputStream tether;
    private @Nullable FrameChannel channel;

    /** Whether the process was ended by a signal that others may have meant for its parent. */
    private boolean isSignalled;

    Launch(String name, StartingWorker starting) throws IOException {
      this.name = name;
      this.starting = starting;
      try {
        home = machine.directory(directory);
      } catch (IOException e) {
        throw failed(name, "no private directory: " + e.getMessage(), e);
      }
      String prefix = WorkerDirectory.newName();
      files = WorkerEndpoint.Names.in(home.path(), prefix);
      arguments = home.path().resolve(prefix + ".args");
      left =
          new WorkerFiles(
              home.path().resolve(prefix + ".word"),
              WorkerCommand.crashFile(arguments),
              settings.text(PoolSetting.CRASH_FILES));
    }

    /** Ends what it started when it fails, and always removes what only a start needs. */
    WorkerJvm run() throws IOException {
      WorkerJvm worker = null;
      WorkerEndpoint endpoint = null;
      Deadline late = null;
      try {
        boolean arePipes = hasPipes && machine.hasPipes();
        Process booting = boot(arePipes);
        // All else while it boots: it waits for its invitation before it looks at anything.
        ExitWatch exit = watch(booting);
        endpoint = machine.open(files, arePipes, life.deadlines());
        if (endpoint == null) {
          throw new NoPipesException();
        }
        WorkerEndpoint open = endpoint;
        late =
            life.deadlines()
                .after(
                    Nanos.of(settings.duration(PoolSetting.START_TIMEOUT)),
                    () -> life.workThreads().execute(() -> tooLate(booting, open)));
        RunWord word = machine.map(left.word());
        worker = await(booting, open, exit, word);
        return worker;
      } finally {
        ProcessEnd.cancel(late);
        close(endpoint);
        if (worker == null) {
          close(channel);
          kill();
          Guard.run(() -> "removal of files", left::remove);
        }
        Guard.run(() -> "removal of files", () -> WorkerDirectory.remove(files.all()));
        Guard.run(() -> "removal of files", () -> WorkerDirectory.remove(List.of(arguments)));
      }
    }

    private Process boot(boolean arePipes) throws IOException {
      if (starting.isStopped()) {
        throw new IOException(NOT_NEEDED);
      }
      ProcessBuilder builder =
          command.prepare(
              home,
              arguments,
              starting.origin(),
              arePipes
                  ? List.of(left.word().toString(), PARENT, files.tether().toString())
                  : List.of(left.word().toString(), PARENT));
      if (arePipes) {
        builder.redirectInput(ProcessBuilder.Redirect.INHERIT);
      }
      builder.command().add(1, WorkerCommand.named(name));
      mark.putInto(builder.environment());
      // From here on it is not empty, so that nobody can put another in its place.
      if (!home.isThere()) {
        throw new IOException("the private directory " + home.path() + " has vanished");
      }
      Process booting = machine.start(builder);
      process = booting;
      SystemMemory.offer(booting);
      starting.runs(() -> ends.kill(booting));
      return booting;
    }

    private ExitWatch watch(Process booting) {
      String tag = "[" + name + "] ";
      OutputDrain out =
          new OutputDrain(
              name + "-out", booting.getInputStream(), line -> forward(System.out, tag + line));
      OutputDrain err =
          new OutputDrain(
              name + "-err", booting.getErrorStream(), line -> forward(System.err, tag + line));
      ExitWatch exit = new ExitWatch(name, booting);
      stdout = out;
      stderr = err;
      life.start(out);
      life.start(err);
      life.start(exit);
      return exit;
    }

    /** What a JVM says whose start was stopped, and whose files may be gone, is of no interest. */
    private void forward(PrintStream to, String line) {
      if (!starting.isStopped()) {
        to.println(line);
      }
    }

    private void tooLate(Process booting, WorkerEndpoint endpoint) {
      ended.set(
          "not ready within " + settings.duration(PoolSetting.START_TIMEOUT) + " (start-timeout)");
      ends.kill(booting);
      close(endpoint);
    }

    private WorkerJvm await(
        Process booting, WorkerEndpoint endpoint, ExitWatch exit, RunWord word) {
      try {
        exit.then(endpoint::close);
        OutputStream out = endpoint.tether(booting);
        tether = out;
        WorkerSetup setup = setup();
        FrameChannel greeted = greet(endpoint, out, setup.frameLimit());
        channel = greeted;
        exit.then(greeted::closeAfterPeer); // Before it is told what it could answer.
        greeted.send(FrameType.SETUP, 0, setup.write());
        awaitReady(greeted);
        WorkerJvm worker =
            new WorkerJvm(
                settings.name(),
                name,
                booting,
                mark,
                out,
                greeted,
                word,
                Objects.requireNonNull(stdout),
                Objects.requireNonNull(stderr),
                startedAt,
                setup.exitTimeoutMillis(),
                ends,
                left);
        if (!starting.ready()) {
          throw new IOException(NOT_NEEDED);
        }
        return worker;
      } catch (IOException e) {
        throw failed(name, words(booting, e), e);
      }
    }

    private FrameChannel greet(WorkerEndpoint endpoint, OutputStream out, int payloadLimit)
        throws IOException {
      byte[] token = new byte[Hello.TOKEN_BYTES];
      new SecureRandom().nextBytes(token);
      out.write(
          new Invitation(token, endpoint.address(), endpoint.provider(), starting.callClass())
              .write());
      out.flush();
      return endpoint.accept(token, payloadLimit);
    }

    private WorkerSetup setup() {
      return new WorkerSetup(
          name,
          settings.text(PoolSetting.INITIALIZER),
          settings.words(PoolSetting.MODULES),
          settings.words(PoolSetting.ALLOW),
          settings.payloadLimit(),
          Nanos.millis(settings.duration(PoolSetting.EXIT_TIMEOUT)));
    }

    private void awaitReady(FrameChannel greeted) throws IOException {
      Frame frame = greeted.receive();
      if (frame.type() == FrameType.START_FAILED) {
        String what = PayloadBuffer.string(frame.payload());
        throw failed(name, what + ":\n" + PayloadBuffer.string(frame.payload()), null);
      }
      if (frame.type() != FrameType.READY) {
        throw new ProtocolDesyncException("third frame is " + frame.type() + "; must be READY");
      }
    }

    private String words(Process booted, IOException failure) {
      kill();
      StringBuilder text = new StringBuilder();
      String why = ended.get();
      if (why == null && booted.isAlive()) {
        why = "it does not end, although it was killed";
      } else if (why == null) {
        isSignalled = SIGNALLED.contains(booted.exitValue());
        why = "it ended with exit code " + booted.exitValue();
      }
      text.append(why);
      FatalErrorLog report = left.crashReport(booted.pid());
      if (report != null) {
        text.append(report);
      }
      String said =
          (Objects.requireNonNull(stderr).tail() + Objects.requireNonNull(stdout).tail()).strip();
      if (!said.isEmpty()) {
        return text.append("; it said:\n").append(said).toString();
      }
      String message = failure.getMessage();
      return message == null ? text.toString() : text.append(" (" + message + ")").toString();
    }

    /**
     * Ends what was started, and reads what it said. Throws nothing; a second call finds it ended.
     */
    private void kill() {
      Process lost = process;
      if (lost == null) {
        return;
      }
      boolean interrupted = Thread.interrupted();
      boolean mayEndItself = ended.get() == null && !interrupted && !starting.isStopped();
      for (int tries = mayEndItself ? 0 : 1; tries <= MOST_KILLS; tries++) {
        try {
          if (tries > 0 && lost.isAlive()) {
            ends.kill(lost);
          }
          if (lost.waitFor(tries == 0 ? LAST_WORDS_MILLIS : REAP_MILLIS, TimeUnit.MILLISECONDS)) {
            break;
          }
        } catch (InterruptedException e) {
          interrupted = true; // Restored below: no process must be left.
        } catch (Throwable e) {
          // Once more.
        }
      }
      Guard.run(() -> "end of what " + name + " started", mark::killAll);
      close(tether);
      try {
        lost.getOutputStream().close();
        for (OutputDrain each :
            List.of(Objects.requireNonNull(stdout), Objects.requireNonNull(stderr))) {
          each.awaitRest();
        }
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (Throwable e) {
        // Nobody reads it any more.
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
