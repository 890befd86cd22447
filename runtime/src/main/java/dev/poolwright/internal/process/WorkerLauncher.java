package dev.poolwright.internal.process;

import dev.poolwright.WorkerStartException;
import dev.poolwright.annotation.setting.PoolSetting;
import dev.poolwright.internal.pool.PoolSettings;
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
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Starts the worker JVMs of one pool.
 *
 * <p><b>Threads:</b> thread-safe; each start blocks its caller until the worker is ready.
 */
final class WorkerLauncher {
  static final String PARENT = Long.toString(ProcessHandle.current().pid());
  private static final String GIVEN_UP = "nobody needs it any more";

  /** A JVM that cannot start says why, and ends by itself. */
  private static final long LAST_WORDS_MILLIS = 500;

  private final PoolSettings settings;
  private final WorkerCommand command;
  private final ProcessMark marks = ProcessMark.random();
  private final WorkerDirectory directory = new WorkerDirectory();
  private volatile boolean hasPipes = true; // Until none could be made.
  private final AtomicInteger count = new AtomicInteger();

  WorkerLauncher(PoolSettings settings) {
    this.settings = settings;
    this.command = new WorkerCommand(settings, directory);
  }

  /** What tells workers apart, as {@link ClassPath#origin}. */
  @Nullable ClassLoader origin(@Nullable PoolTask<?> task) {
    Parcel parcel = Parcel.of(task);
    return command.classPath().origin(parcel == null ? null : parcel.loader());
  }

  /** Why worker JVMs would not find a class, or us; null when they would. */
  @Nullable String classProblem(Class<?> type) {
    String own = command.classPath().problem(WorkerLauncher.class);
    return own == null ? command.classPath().problem(type) : own;
  }

  /**
   * Starts a worker JVM and waits until it is ready.
   *
   * @param name as {@code "io-1"}
   * @param starting for giving it up
   * @return idle
   * @throws WorkerStartException when it cannot be started, or was given up; nothing of it is left
   */
  WorkerJvm start(String name, StartingWorker starting) {
    String prefix = WorkerDirectory.newName();
    PrivateDirectory home;
    try {
      home = directory.get();
    } catch (IOException e) {
      throw failed(name, "no private directory: " + e.getMessage(), e);
    }
    WorkerEndpoint.Names files = WorkerEndpoint.Names.in(home.path(), prefix);
    Path arguments = home.path().resolve(prefix + ".args");
    WorkerFiles left =
        new WorkerFiles(
            home.path().resolve(prefix + ".word"),
            WorkerCommand.crashFile(arguments),
            settings.text(PoolSetting.CRASH_FILES));
    try {
      WorkerJvm worker;
      try {
        worker = start(name, starting, home, files, arguments, left);
      } catch (NoPipesException e) {
        hasPipes = false; // It waits for its tether on one: another one then, by its input.
        WorkerDirectory.remove(List.of(arguments));
        worker = start(name, starting, home, files, arguments, left);
      }
      return worker;
    } catch (IOException e) {
      left.remove();
      throw failed(name, String.valueOf(e.getMessage()), e);
    } finally {
      WorkerDirectory.remove(files.all());
      WorkerDirectory.remove(List.of(arguments));
    }
  }

  private WorkerJvm start(
      String name,
      StartingWorker starting,
      PrivateDirectory home,
      WorkerEndpoint.Names files,
      Path arguments,
      WorkerFiles left)
      throws IOException {
    if (starting.isGivenUp()) {
      throw new IOException(GIVEN_UP);
    }
    boolean arePipes = hasPipes && PipeEndpoint.isSuited();
    ProcessMark mark = marks.of(count.incrementAndGet());
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
    mark.putInto(builder.environment());
    // From here on it is not empty, so that nobody can put another in its place.
    if (!home.isThere()) {
      throw new IOException("the private directory " + home.path() + " has vanished");
    }
    Process process = builder.start();
    starting.runs(process);
    Launch launch = new Launch(name, process, mark, starting, left);
    boolean started = false;
    // All else while it boots: it waits for its invitation before it looks at anything.
    try (WorkerEndpoint endpoint =
        arePipes ? PipeEndpoint.open(files) : SocketEndpoint.open(files.socket())) {
      if (endpoint == null) {
        throw new NoPipesException();
      }
      WorkerJvm worker = launch.await(endpoint, RunWord.create(left.word()));
      started = true;
      return worker;
    } finally {
      if (!started) {
        launch.abandon();
        left.remove();
      }
    }
  }

  /** Says that the private directory is in use. */
  void touch() {
    directory.touch();
  }

  /** Removes private directories that killed parents left in the same folder. */
  void tidyUp() {
    directory.tidyUp();
  }

  /** Kills what killed worker JVMs started and left to others. */
  void killMarked() {
    if (count.get() > 0) {
      marks.killAll();
    }
  }

  /** Removes the private directory. */
  void close() {
    directory.close();
  }

  private WorkerStartException failed(String name, String why, @Nullable Throwable cause) {
    return new WorkerStartException(
        "pool \"" + settings.name() + "\": worker JVM " + name + " could not be started: " + why,
        cause);
  }

  /** The file system has no named pipes, or there is no process to make them. */
  private static final class NoPipesException extends IOException {
    private static final long serialVersionUID = 1;
  }

  /** One start. */
  private final class Launch {
    private final String name;
    private final Process process;
    private final ProcessMark mark;
    private final StartingWorker starting;
    private final WorkerFiles left;
    private final OutputDrain stdout;
    private final OutputDrain stderr;
    private final Instant startedAt = Instant.now();
    private @Nullable OutputStream tether; // Confined to the thread that starts it.
    private final AtomicReference<@Nullable String> ended = new AtomicReference<>();

    Launch(
        String name, Process process, ProcessMark mark, StartingWorker starting, WorkerFiles left) {
      this.left = left;
      this.name = name;
      this.process = process;
      this.mark = mark;
      this.starting = starting;
      String tag = "[" + name + "] ";
      stdout =
          new OutputDrain(
              name + "-out", process.getInputStream(), line -> System.out.println(tag + line));
      stderr =
          new OutputDrain(
              name + "-err", process.getErrorStream(), line -> System.err.println(tag + line));
      stdout.start();
      stderr.start();
    }

    WorkerJvm await(WorkerEndpoint endpoint, RunWord word) {
      CompletableFuture<Process> watch = watch(endpoint);
      try {
        FrameChannel channel = greet(endpoint);
        new ExitWatch(name, process, channel).start();
        boolean ready = false;
        try {
          awaitReady(channel);
          ready = starting.ready();
        } finally {
          if (!ready) {
            channel.close();
          }
        }
        if (!ready) {
          throw new IOException(GIVEN_UP);
        }
        return new WorkerJvm(
            settings.name(),
            name,
            process,
            mark,
            Objects.requireNonNull(tether),
            channel,
            word,
            stdout,
            stderr,
            startedAt,
            Nanos.millis(settings.duration(PoolSetting.EXIT_TIMEOUT)),
            left);
      } catch (IOException e) {
        throw failed(name, words(e), e);
      } finally {
        watch.cancel(false);
      }
    }

    /** When the process ends or the time is over, whoever waits for it gets an exception. */
    private CompletableFuture<Process> watch(WorkerEndpoint endpoint) {
      CompletableFuture<Process> watch =
          process
              .onExit()
              .orTimeout(
                  Nanos.of(settings.duration(PoolSetting.START_TIMEOUT)), TimeUnit.NANOSECONDS);
      var unused =
          watch.whenComplete(
              (gone, failure) -> {
                if (failure instanceof TimeoutException) {
                  ended.set(
                      "not ready within "
                          + settings.duration(PoolSetting.START_TIMEOUT)
                          + " (start-timeout)");
                  ProcessEnd.kill(process);
                }
                if (!watch.isCancelled()) {
                  close(endpoint);
                }
              });
      return watch;
    }

    private void close(WorkerEndpoint endpoint) {
      try {
        endpoint.close();
      } catch (IOException e) {
        // Who waits in it sees that it is gone.
      }
    }

    private FrameChannel greet(WorkerEndpoint endpoint) throws IOException {
      byte[] token = new byte[Hello.TOKEN_BYTES];
      new SecureRandom().nextBytes(token);
      OutputStream out = endpoint.tether(process);
      tether = out;
      out.write(
          new Invitation(token, endpoint.address(), endpoint.provider(), starting.callClass())
              .write());
      out.flush();
      WorkerSetup setup = setup();
      FrameChannel channel = endpoint.accept(token, setup.frameLimit());
      channel.send(FrameType.SETUP, 0, setup.write());
      return channel;
    }

    private WorkerSetup setup() {
      return new WorkerSetup(
          name,
          settings.text(PoolSetting.INITIALIZER),
          settings.words(PoolSetting.MODULES),
          settings.words(PoolSetting.ALLOW),
          (int) settings.bytes(PoolSetting.PAYLOAD_LIMIT),
          Nanos.millis(settings.duration(PoolSetting.EXIT_TIMEOUT)));
    }

    private void awaitReady(FrameChannel channel) throws IOException {
      Frame frame = channel.receive();
      if (frame.type() == FrameType.START_FAILED) {
        String what = PayloadBuffer.string(frame.payload());
        throw failed(name, what + ":\n" + PayloadBuffer.string(frame.payload()), null);
      }
      if (frame.type() != FrameType.READY) {
        throw new ProtocolDesyncException("third frame is " + frame.type() + "; must be READY");
      }
    }

    private String words(IOException failure) {
      abandon();
      StringBuilder text = new StringBuilder();
      String why = ended.get();
      text.append(why == null ? "it ended with exit code " + process.exitValue() : why);
      CrashReport report = left.crashReport(process.pid());
      if (report != null) {
        text.append(report);
      }
      String said = (stderr.tail() + stdout.tail()).strip();
      if (!said.isEmpty()) {
        return text.append("; it said:\n").append(said).toString();
      }
      String message = failure.getMessage();
      return message == null ? text.toString() : text.append(" (" + message + ")").toString();
    }

    /** Ends what was started, and reads what it said. A second call finds it ended. */
    void abandon() {
      boolean interrupted = Thread.interrupted();
      long patienceMillis = ended.get() == null && !interrupted ? LAST_WORDS_MILLIS : 0;
      while (true) {
        try {
          if (!process.waitFor(patienceMillis, TimeUnit.MILLISECONDS)) {
            ProcessEnd.kill(process);
          }
          process.waitFor();
          mark.killAll();
          stdout.awaitRest(LAST_WORDS_MILLIS);
          stderr.awaitRest(LAST_WORDS_MILLIS);
          break;
        } catch (InterruptedException e) {
          interrupted = true; // Restored below: no process must be left.
          patienceMillis = 0;
        }
      }
      try {
        process.getOutputStream().close();
        if (tether != null) {
          tether.close();
        }
      } catch (IOException e) {
        // Nobody reads it any more.
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
