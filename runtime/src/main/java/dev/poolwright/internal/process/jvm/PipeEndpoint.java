package dev.poolwright.internal.process.jvm;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.poolwright.internal.wire.FrameChannel;
import dev.poolwright.internal.wire.Hello;
import dev.poolwright.internal.wire.Invitation;
import dev.poolwright.internal.wire.ProtocolDesyncException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channel;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Three named pipes: one for each direction, and the tether, so that the worker's standard input is
 * the application's, as its children inherit it. A fresh JVM opens them in a fraction of the time
 * that its classes for sockets take, and a small frame costs both sides half as much.
 *
 * <p><b>Shape:</b> only on Linux, where a named pipe can be opened for both directions, which never
 * waits; the system's {@code mkfifo} makes them, since Java cannot.
 *
 * <p><b>Threads:</b> thread-safe.
 */
public final class PipeEndpoint implements WorkerEndpoint {
  private static final List<Path> MAKERS =
      List.of(Path.of("/usr/bin/mkfifo"), Path.of("/bin/mkfifo"));
  private static final long PATIENCE_MILLIS = 2_000;

  private final WorkerEndpoint.Names files;
  private final List<Channel> opened = new ArrayList<>();

  /**
   * Both ends of each pipe, so that neither side's opening waits for the other's. Closed once the
   * worker has its own: from then on each side sees the other's end.
   */
  private final List<Channel> holds;

  private final PipePair pipes;

  @GuardedBy("this")
  private boolean isAccepted;

  @GuardedBy("this")
  private boolean isClosed;

  private PipeEndpoint(WorkerEndpoint.Names files) throws IOException {
    this.files = files;
    boolean isOpen = false;
    try {
      holds = List.of(hold(files.down()), hold(files.up()), hold(files.tether()));
      pipes = new PipePair(files);
      opened.add(pipes);
      isOpen = true;
    } finally {
      if (!isOpen) {
        closeAll(opened);
      }
    }
  }

  private Channel hold(Path pipe) throws IOException {
    Channel channel = FileChannel.open(pipe, StandardOpenOption.READ, StandardOpenOption.WRITE);
    opened.add(channel);
    return channel;
  }

  /** Whether this system may have them; a file system may not. */
  public static boolean isSuited() {
    return maker() != null;
  }

  /**
   * Makes the pipes and opens them.
   *
   * @return null where there can be none
   */
  public static @Nullable PipeEndpoint open(WorkerEndpoint.Names files) {
    Path maker = maker();
    try {
      return maker != null && make(maker, files) ? new PipeEndpoint(files) : null;
    } catch (IOException | RuntimeException e) {
      return null; // No process more, or no pipe in this file system: a socket then.
    }
  }

  private static @Nullable Path maker() {
    if (System.getProperty("os.name", "").equals("Linux")) {
      for (Path each : MAKERS) {
        if (Files.isExecutable(each)) {
          return each;
        }
      }
    }
    return null;
  }

  private static boolean make(Path maker, WorkerEndpoint.Names files) throws IOException {
    ProcessBuilder command =
        new ProcessBuilder(
                maker.toString(),
                "-m",
                "600",
                files.down().toString(),
                files.up().toString(),
                files.tether().toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = ProcessStart.of(command);
    process.getOutputStream().close();
    try {
      return process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS) && process.exitValue() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Whoever opens or reads a channel next sees it.
      return false;
    } finally {
      process.destroyForcibly();
    }
  }

  @Override
  public String address() {
    return Invitation.PIPES + files.down() + "\n" + files.up();
  }

  @Override
  public OutputStream tether(Process process) {
    return pipes.tether();
  }

  @Override
  public String provider() {
    return "";
  }

  /** Nobody else can come: only this user can reach the pipes, and each start has its own. */
  @Override
  public FrameChannel accept(byte[] token, int payloadLimit) throws IOException {
    FrameChannel channel = new FrameChannel(pipes, Hello.BYTES);
    if (!Hello.read(channel.receive()).hasToken(token)) {
      throw new ProtocolDesyncException("somebody else wrote to " + files.up());
    }
    synchronized (this) {
      if (isClosed) {
        throw new IOException("the worker connected too late");
      }
      isAccepted = true;
      closeAll(holds);
    }
    channel.limitPayloads(payloadLimit);
    return channel;
  }

  @Override
  public synchronized void close() throws IOException {
    if (!isClosed) {
      isClosed = true;
      closeAll(isAccepted ? holds : opened);
    }
  }

  private static void closeAll(List<Channel> channels) throws IOException {
    IOException failure = null;
    for (Channel each : channels) {
      try {
        each.close();
      } catch (IOException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
