package dev.poolwright.spi;

import java.util.concurrent.CompletionStage;

/**
 * Carries the calls of one pool to the worker nodes of a cluster. It knows nothing of what it
 * carries: bytes go, bytes come back.
 *
 * <p><b>Threads:</b> thread-safe. None of its methods waits.
 */
public interface ClusterTransport extends AutoCloseable {

  /**
   * Finds the workers of clusters. Made by {@link java.util.ServiceLoader}, one for all pools of
   * one {@code Pools}.
   */
  interface Provider {
    /**
     * Makes the transport of one pool, which has no connection yet.
     *
     * @param cluster the name of the cluster
     * @param pool the name of the pool, here and on the workers
     * @param caller names this pool of this JVM, and no other one ever
     * @return to be started once
     * @throws IllegalArgumentException when it is not configured; says what is missing
     */
    ClusterTransport transport(String cluster, String pool, String caller);
  }

  /** What is told of workers. Its methods never throw, and never wait. */
  interface Listener {
    /**
     * A worker runs calls of the pool from here on.
     *
     * @param worker names it; never used again for another one
     * @param places how many calls it runs at once
     * @param fingerprint of the generated calls that it has, as {@link ClusterWorker#fingerprint}
     */
    void up(String worker, int places, String fingerprint);

    /**
     * A worker is gone, or drains. Calls that are on their way end by themselves, each by its own
     * stage, unless it is gone.
     *
     * @param worker as in {@link #up}
     * @param why for people
     * @param isGone whether no answer can come from it any more
     */
    void down(String worker, String why, boolean isGone);

    /**
     * A worker says something of a call that it runs.
     *
     * @param worker as in {@link #up}
     * @param message as the worker gave it to {@link ClusterWorker.Host#send}
     */
    void message(String worker, byte[] message);
  }

  /** Nothing was sent: the call cannot have run. */
  final class NotSentException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * Made by transports.
     *
     * @param message names the worker, and says why
     */
    public NotSentException(String message) {
      super(message);
    }
  }

  /**
   * Connects, and goes on to do so until it is closed.
   *
   * @param workers is told what there is, from threads of the transport
   */
  void start(Listener workers);

  /**
   * Sends a call, once.
   *
   * @param worker as in {@link Listener#up}
   * @param envelope the call, for {@link ClusterWorker#call}
   * @return the answer; it fails with {@link NotSentException} when the call cannot have run, and
   *     with anything else when it may have
   */
  CompletionStage<byte[]> send(String worker, byte[] envelope);

  /**
   * Asks a worker to stop one run, soon, and once.
   *
   * @param worker as in {@link Listener#up}
   * @param call for {@link ClusterWorker#interrupt}
   */
  void interrupt(String worker, String call);

  /** Ends the connection. What is on its way fails. A second call does nothing. */
  @Override
  void close();
}
