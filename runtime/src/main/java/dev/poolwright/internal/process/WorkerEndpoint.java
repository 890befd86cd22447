package dev.poolwright.internal.process;

import dev.poolwright.internal.wire.FrameChannel;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** Where one worker JVM connects. */
interface WorkerEndpoint extends Closeable {
  /**
   * Opens one: named pipes, or a socket where they cannot be had.
   *
   * @param files where its files can be; who opens it removes them when it is closed
   * @throws IOException when nothing can be opened
   */
  static WorkerEndpoint open(Names files) throws IOException {
    WorkerEndpoint pipes = PipeEndpoint.open(files.down(), files.up());
    return pipes == null ? SocketEndpoint.open(files.socket()) : pipes;
  }

  /** The files of an endpoint, some of which may not be made. */
  record Names(Path down, Path up, Path socket) {
    static Names in(Path directory, String prefix) {
      return new Names(
          directory.resolve(prefix + ".down"),
          directory.resolve(prefix + ".up"),
          directory.resolve(prefix + ".sock"));
    }
  }

  /** As the worker JVM's main class reads it. */
  String address();

  /** The JDK's own class that made the channel, which a worker JVM can use without a search. */
  String provider();

  /**
   * Waits for the worker.
   *
   * @param token what the worker was given
   * @param payloadLimit of the channel
   * @return the worker's channel
   * @throws IOException when this endpoint is closed meanwhile
   */
  FrameChannel accept(byte[] token, int payloadLimit) throws IOException;

  /**
   * Ends what waits for the worker. A channel that was accepted stays. A second call does nothing.
   */
  @Override
  void close() throws IOException;
}
