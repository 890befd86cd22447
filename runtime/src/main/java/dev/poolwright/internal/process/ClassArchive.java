package dev.poolwright.internal.process;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.poolwright.annotation.setting.PoolSetting;
import dev.poolwright.internal.life.Guard;
import dev.poolwright.internal.life.Threads;
import dev.poolwright.internal.pool.PoolSettings;
import dev.poolwright.internal.wire.PrivateDirectory;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A class data archive of what each worker JVM of one pool loads before its first answer. A JVM
 * maps it instead, and starts in two thirds to three quarters of the time.
 *
 * <p><b>Shape:</b> a file in the pool's private directory for large ones. Two JVMs make it, one
 * after the other: one plays a {@link WorkerScript} and lists what it loads, the other dumps that.
 * It has classes of the JDK and of this library's own jar alone, which is the first of a worker's
 * class path: an archive serves each class path that begins as its own does, but may have no
 * folders in it.
 *
 * <p><b>Threads:</b> thread-safe; it is made on a thread of its own.
 *
 * <p><b>Source:</b> it costs as much CPU as some twenty-five starts gain, so it is not made for a
 * pool whose workers stay. A JVM does not check its bytes, and Java 17 dies of an archive that is
 * cut short: so it is nobody else's, is only used when the JVM that made it said that all went
 * well, and never again after a start has failed with it.
 */
final class ClassArchive {
  /*
   * NONE    nobody needs it so far: from the start.
   * MAKING  NONE -> MAKING by the first that starts a worker after some have ended.
   * READY   MAKING -> READY by the maker.
   * NEVER   NONE -> NEVER where it cannot be; MAKING -> NEVER by the maker, who failed; READY -> NEVER by
   *         whose start failed; any -> NEVER by who closes it. Final.
   */
  private enum State {
    NONE,
    MAKING,
    READY,
    NEVER
  }

  /** So many workers of a pool have ended before others are expected to. */
  static final int WORTH_ENDS = 3;

  private static final long PATIENCE_SECONDS = 60;
  private static final int SAID_BYTES = 2_000;

  /** With these a JVM makes and takes none, or another. */
  private static final List<String> UNSUITED =
      List.of(
          "-Xshare",
          "-XX:SharedArchiveFile",
          "-XX:SharedClassListFile",
          "-XX:DumpLoadedClassList",
          "-XX:ArchiveClassesAtExit",
          "-XX:+AutoCreateSharedArchive",
          "-XX:AOT",
          "-Xbootclasspath",
          "--patch-module",
          "-Djava.system.class.loader",
          "-javaagent",
          "-agent");

  private final PoolSettings settings;
  private final WorkerCommand command;

  @GuardedBy("this")
  private State state = State.NONE;

  @GuardedBy("this")
  private @Nullable Path file;

  /** Where it is. */
  @GuardedBy("this")
  private @Nullable PrivateDirectory home;

  /** What runs for it. */
  @GuardedBy("this")
  private @Nullable Process process;

  @GuardedBy("this")
  private @Nullable Thread maker;

  ClassArchive(PoolSettings settings, WorkerCommand command) {
    this.settings = settings;
    this.command = command;
  }

  /**
   * The options of a worker JVM that takes it, and is silent where it cannot.
   *
   * @return none as long as there is none
   */
  synchronized List<String> options() {
    return state == State.READY && home != null && home.isThere()
        ? List.of("-XX:SharedArchiveFile=" + file, "-Xlog:cds*=off:stderr")
        : List.of();
  }

  /**
   * Has it made. A second call does nothing.
   *
   * @param directory the pool's own
   * @param callClass of the call that a worker was started for
   */
  synchronized void want(WorkerDirectory directory, String callClass) {
    if (state != State.NONE) {
      return;
    }
    String jar;
    try {
      jar = command.classPath().ownJar();
    } catch (IOException e) {
      jar = null; // It has been unpacked for the worker that is ready: the disk is in trouble.
    }
    if (jar == null || !isSuited()) {
      state = State.NEVER;
      return;
    }
    String own = jar;
    state = State.MAKING;
    String name = settings.name() + "-archive";
    Thread starter = new Thread(null, () -> make(directory, own, callClass), name, 0);
    starter.setDaemon(true);
    try {
      starter.start();
      maker = starter;
    } catch (OutOfMemoryError e) {
      state = State.NEVER; // There is no thread to be had, and the worker that is ready must not be
      // lost.
    }
  }

  private boolean isSuited() {
    return settings.words(PoolSetting.JVM_ARGS).stream()
        .noneMatch(each -> UNSUITED.stream().anyMatch(each::startsWith));
  }

  private void make(WorkerDirectory directory, String jar, String callClass) {
    try {
      PrivateDirectory large = directory.forLargeFiles();
      String path = large.path().toString();
      if (path.contains(File.pathSeparator) || path.indexOf('%') >= 0) {
        // A JVM reads a colon in the file's name as the end of it, and a percent sign as its own.
        throw new IOException("unsuited path " + path);
      }
      make(large, jar, callClass);
    } catch (IOException | RuntimeException e) {
      failed(e);
    }
  }

  private void make(PrivateDirectory large, String jar, String callClass) throws IOException {
    String name = WorkerDirectory.newName();
    Path directory = large.path();
    WorkerScript script = WorkerScript.in(directory, name);
    Path arguments = directory.resolve(name + ".args");
    Path classes = directory.resolve(name + ".lst");
    Path said = directory.resolve(name + ".log");
    Path made = directory.resolve(name + ".jsa");
    try {
      byte[] invitation = script.write(settings, callClass);
      List<String> listing = List.of("-XX:DumpLoadedClassList=" + classes);
      List<String> word = List.of(script.word().toString(), WorkerLauncher.PARENT);
      run(
          large,
          command.prepare(large, arguments, command.classPath().origin(null), listing, word),
          said,
          invitation);
      WorkerDirectory.remove(List.of(arguments));
      run(large, command.prepareDump(arguments, classes, made, jar), said, new byte[0]);
      made(large, made);
    } finally {
      WorkerDirectory.remove(script.files());
      WorkerDirectory.remove(List.of(arguments, classes, said));
      removeUnlessReady(made);
    }
  }

  private void run(PrivateDirectory large, ProcessBuilder builder, Path said, byte[] input)
      throws IOException {
    if (!large.isThere()) {
      throw new IOException("the private directory " + large.path() + " has vanished");
    }
    Process started = started(builder.redirectErrorStream(true).redirectOutput(said.toFile()));
    try (OutputStream stdin = started.getOutputStream()) {
      stdin.write(input);
      stdin.flush();
      if (!started.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("no end within " + PATIENCE_SECONDS + " s");
      }
      if (started.exitValue() != 0) {
        throw new IOException("exit code " + started.exitValue() + "; it said:\n" + head(said));
      }
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    } finally {
      end(started);
    }
  }

  private synchronized Process started(ProcessBuilder builder) throws IOException {
    if (state != State.MAKING) {
      throw new IOException("nobody needs it any more");
    }
    Process started = builder.start();
    process = started;
    return started;
  }

  private static void end(Process process) {
    ProcessEnd.kill(process);
    process.onExit().join();
  }

  private static String head(Path said) throws IOException {
    try (InputStream in = Files.newInputStream(said)) {
      return new String(in.readNBytes(SAID_BYTES), StandardCharsets.UTF_8).strip();
    }
  }

  private synchronized void made(PrivateDirectory large, Path archive) {
    if (state == State.MAKING) {
      home = large;
      file = archive;
      state = State.READY;
    }
  }

  private void failed(Exception why) {
    boolean isWanted;
    synchronized (this) {
      isWanted = state == State.MAKING;
      state = State.NEVER;
    }
    if (isWanted) {
      Guard.log(
          System.Logger.Level.DEBUG,
          "no class data archive for the worker JVMs of pool \"" + settings.name() + "\"",
          why);
    }
  }

  private synchronized void removeUnlessReady(Path archive) {
    if (state != State.READY) {
      WorkerDirectory.remove(List.of(archive));
    }
  }

  /** A start failed with it: nobody takes it any more. */
  synchronized void discard() {
    state = State.NEVER;
    if (file != null) {
      WorkerDirectory.remove(List.of(file));
    }
  }

  /**
   * Ends its making, and waits for that; the file goes with the directory. A second call does
   * nothing.
   */
  void close() {
    Thread making;
    synchronized (this) {
      state = State.NEVER;
      making = maker;
      if (process != null) {
        ProcessEnd.kill(process);
      }
    }
    if (making != null) {
      Threads.join(making);
    }
  }
}
