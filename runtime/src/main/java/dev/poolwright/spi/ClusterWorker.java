package dev.poolwright.spi;

import dev.poolwright.Pools;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * The side of a cluster where calls run: it takes what a {@link ClusterTransport} brings, and runs
 * it on the pools of this JVM.
 *
 * <p><b>Threads:</b> thread-safe. Only {@link #drain} waits.
 */
public interface ClusterWorker {

  /**
   * The system property that a program sets to {@code true} before it makes the pools of a worker
   * node: cluster pools that it does not run for others it then runs for itself.
   */
  String NODE_PROPERTY = "poolwright.cluster.node";

  /** What a worker asks of the JVM that it is in. */
  interface Host {
    /**
     * Tells a caller something of a call of its own; it may be lost.
     *
     * @param caller as in {@link ClusterTransport.Provider#transport}
     * @param message for {@link ClusterTransport.Listener#message}
     */
    void send(String caller, byte[] message);

    /**
     * Makes an object that calls run on, of a class that has no accessible constructor without
     * parameters.
     *
     * @param type the class
     * @return the object
     * @throws Exception when it cannot be made; says what to do
     */
    Object injected(Class<?> type) throws Exception;

    /**
     * Patterns of the classes that calls may carry, as {@code "com.example.**"}. Those that the
     * calls themselves declare are always allowed.
     *
     * @return none for every class that the JVM-wide filter allows
     */
    List<String> allow();
  }

  /** What one envelope has run. */
  interface EnvelopeRun {
    /**
     * How it ended.
     *
     * @return the answer; it never fails
     */
    CompletionStage<byte[]> answer();

    /** Stops all calls of it that have not ended, since nobody waits for them. It is answered. */
    void stop();
  }

  /** What has the pools that a worker runs calls on. Implemented by Poolwright's own Pools. */
  interface NodeOpener {
    /**
     * Opens the pools to callers.
     *
     * @param places how many calls each pool runs at once, by its name
     * @param host what the worker asks
     * @return the worker
     * @throws java.util.NoSuchElementException when there is no such pool
     */
    ClusterWorker worker(Map<String, Integer> places, Host host);
  }

  /**
   * Opens the pools of this JVM to callers.
   *
   * @param pools made by {@link Pools#builder}
   * @param places how many calls each pool runs at once, by its name
   * @param host what the worker asks
   * @return the worker
   * @throws java.util.NoSuchElementException when there is no such pool
   */
  static ClusterWorker of(Pools pools, Map<String, Integer> places, Host host) {
    if (pools instanceof NodeOpener opener) {
      return opener.worker(places, host);
    }
    throw new IllegalArgumentException(
        "pools is a " + pools.getClass().getName() + "; must come from Pools.builder()");
  }

  /**
   * What tells one build's generated calls from those of another.
   *
   * @return the same in every JVM with the same classes
   */
  String fingerprint();

  /**
   * Runs a call.
   *
   * @param caller as in {@link ClusterTransport.Provider#transport}, as the transport knows it; a
   *     call that names another one is refused
   * @param envelope what {@link ClusterTransport#send} was given
   * @return what runs; one that was refused is answered already
   */
  EnvelopeRun call(String caller, byte[] envelope);

  /**
   * Stops a run of a caller; those of others go on.
   *
   * @param caller as in {@link #call}
   * @param call what {@link ClusterTransport#interrupt} was given
   */
  void interrupt(String caller, String call);

  /**
   * Forgets a caller from which nothing more comes. Its runs go on until they are stopped.
   *
   * @param caller as in {@link ClusterTransport.Provider#transport}
   */
  void callerLeft(String caller);

  /** Refuses calls from here on: their callers send them elsewhere. */
  void refuse();

  /**
   * Waits until every call has its answer, after {@link #refuse}.
   *
   * @throws InterruptedException when the calling thread is interrupted
   */
  void drain() throws InterruptedException;
}
