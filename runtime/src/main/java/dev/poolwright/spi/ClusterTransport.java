package dev.poolwright.spi;

import java.util.concurrent.CompletionStage;

/**
 * Carries the calls of one pool to the worker nodes of a cluster. Calls and answers are opaque
 * bytes to it.
 *
 * <p><b>Threads:</b> thread-safe. No method waits.
 */
public interface ClusterTransport extends AutoCloseable {

  /**
   * Creates transports to the workers of clusters. Loaded by {@link java.util.ServiceLoader}, once
   * for all pools of one {@code Pools}.
   */
  interface Provider {
    /**
     * Creates the transport of one pool, not connected yet.
     *
     * @param cluster the name of the cluster
     * @param pool the name of the pool, here and on the workers
     * @param caller a name of this pool in this JVM that is never used for another
     * @return a transport to be started once
     * @throws IllegalArgumentException if the cluster is not configured; the message says what is
     *     missing
     */
    ClusterTransport transport(String cluster, String pool, String caller);
  }

  /** Receives events of workers. Its methods never throw, and never wait. */
  interface Listener {
    /**
     * A worker now runs calls of the pool.
     *
     * @param worker its name, never used for another worker
     * @param places the maximum number of calls that it runs concurrently
     * @param fingerprint the fingerprint of its generated calls, as in {@link
     *     ClusterWorker#fingerprint}
     */
    void up(String worker, int places, String fingerprint);

    /**
     * A worker is gone, or takes no more calls. Unless it is gone, each call in progress ends by
     * its own stage.
     *
     * @param worker its name, as in {@link #up}
     * @param why the reason, for people
     * @param isGone true if no more answers can come from the worker
     */
    void down(String worker, String why, boolean isGone);

    /**
     * A worker sends a message about a call that it is running.
     *
     * @param worker its name, as in {@link #up}
     * @param message the message given to {@link ClusterWorker.Host#send}
     */
    void message(String worker, byte[] message);
  }

  /** Thrown when nothing was sent, so that the call cannot have run. */
  final class NotSentException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * For transports.
     *
     * @param message names the worker, and says why nothing was sent
     */
    public NotSentException(String message) {
      super(message);
    }
  }

  /**
   * Connects, and reconnects until this transport is closed.
   *
   * @param workers receives the events of workers on threads of the transport
   */
  void start(Listener workers);

  /**
   * Sends a call once.
   *
   * @param worker the name of the worker, as in {@link Listener#up}
   * @param envelope the call, for {@link ClusterWorker#call}
   * @return the answer; it fails with {@link NotSentException} if the call cannot have run, and
   *     with any other exception if it may have run
   */
  CompletionStage<byte[]> send(String worker, byte[] envelope);

  /**
   * Asks a worker, once, to stop one run soon.
   *
   * @param worker the name of the worker, as in {@link Listener#up}
   * @param call the call, for {@link ClusterWorker#interrupt}
   */
  void interrupt(String worker, String call);

  /** Ends the connection. Calls in progress fail. A second call does nothing. */
  @Override
  void close();
}
