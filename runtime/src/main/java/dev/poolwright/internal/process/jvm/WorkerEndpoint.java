package dev.poolwright.internal.process.jvm;

import dev.poolwright.internal.wire.FrameChannel;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/** Where one worker JVM connects. */
public interface WorkerEndpoint extends Closeable {
  /** The files of an endpoint, some of which may not be made; who opens it removes them. */
  record Names(Path down, Path up, Path tether, Path socket) {
    public static Names in(Path directory, String prefix) {
      return new Names(
          directory.resolve(prefix + ".down"),
          directory.resolve(prefix + ".up"),
          directory.resolve(prefix + ".tether"),
          directory.resolve(prefix + ".sock"));
    }

    public List<Path> all() {
      return List.of(down, up, tether, socket);
    }
  }

  /**
   * The way to the worker on which the invitation and orders go, and whose end it sees when this
   * JVM ends. It is closed with the channel at the latest.
   *
   * @param process of the worker
   */
  OutputStream tether(Process process);

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
