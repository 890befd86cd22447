package dev.poolwright.spi;

import dev.poolwright.Pools;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * The side of a cluster where calls run: takes the calls that a {@link ClusterTransport} brings,
 * and runs them on the pools of this JVM.
 *
 * <p><b>Threads:</b> thread-safe. Only {@link #drain} waits.
 */
public interface ClusterWorker {

  /**
   * The system property that a program sets to {@code true} before it makes the pools of a worker
   * node: cluster pools that it does not run for others it then runs for itself.
   */
  String NODE_PROPERTY = "poolwright.cluster.node";

  /** The services that a worker needs from its JVM. */
  interface Host {
    /**
     * Sends a caller a message about one of its calls; the message may be lost.
     *
     * @param caller the name of the caller, as in {@link ClusterTransport.Provider#transport}
     * @param message the message, for {@link ClusterTransport.Listener#message}
     */
    void send(String caller, byte[] message);

    /**
     * Creates the target object of calls for a class that has no accessible constructor without
     * parameters.
     *
     * @param type the class
     * @return the object
     * @throws Exception if the object cannot be created; the message says what to do
     */
    Object injected(Class<?> type) throws Exception;

    /**
     * The patterns of the classes that calls may contain, such as {@code "com.example.**"}. Classes
     * that the calls themselves declare are always allowed.
     *
     * @return patterns; empty for every class that the JVM-wide filter allows
     */
    List<String> allow();
  }

  /** The run of one envelope. */
  interface EnvelopeRun {
    /**
     * The answer to the envelope.
     *
     * @return the answer; the stage never fails
     */
    CompletionStage<byte[]> answer();

    /**
     * Stops all of its calls that have not ended, since nobody waits for them. The run is still
     * answered.
     */
    void stop();
  }

  /** Opens the pools that a worker runs calls on. Implemented by Poolwright's own Pools. */
  interface NodeOpener {
    /**
     * Opens the pools to callers.
     *
     * @param places the maximum number of concurrent calls of each pool, by its name
     * @param host the services of this JVM
     * @return the worker
     * @throws java.util.NoSuchElementException if there is no such pool
     */
    ClusterWorker worker(Map<String, Integer> places, Host host);
  }

  /**
   * Opens the pools of this JVM to callers.
   *
   * @param pools pools created by {@link Pools#builder}
   * @param places the maximum number of concurrent calls of each pool, by its name
   * @param host the services of this JVM
   * @return the worker
   * @throws java.util.NoSuchElementException if there is no such pool
   * @throws IllegalArgumentException if {@code pools} were not created by {@link Pools#builder}
   */
  static ClusterWorker of(Pools pools, Map<String, Integer> places, Host host) {
    if (pools instanceof NodeOpener opener) {
      return opener.worker(places, host);
    }
    throw new IllegalArgumentException(
        "pools is a " + pools.getClass().getName() + "; must come from Pools.builder()");
  }

  /**
   * A fingerprint that tells the generated calls of different builds apart.
   *
   * @return the same text in every JVM with the same classes
   */
  String fingerprint();

  /**
   * Runs a call.
   *
   * @param caller the name of the caller, as in {@link ClusterTransport.Provider#transport}, as
   *     known to the transport; a call that names another caller is refused
   * @param envelope the bytes given to {@link ClusterTransport#send}
   * @return the run; that of a refused call is already answered
   */
  EnvelopeRun call(String caller, byte[] envelope);

  /**
   * Stops a run of a caller; runs of other callers go on.
   *
   * @param caller the name of the caller, as in {@link #call}
   * @param call the call given to {@link ClusterTransport#interrupt}
   */
  void interrupt(String caller, String call);

  /**
   * Forgets a caller that sends no more calls. Its runs go on until they are stopped.
   *
   * @param caller the name of the caller, as in {@link ClusterTransport.Provider#transport}
   */
  void callerLeft(String caller);

  /** Refuses new calls: their callers send them to other workers. */
  void refuse();

  /**
   * Waits, after {@link #refuse}, until every call has been answered.
   *
   * @throws InterruptedException if the calling thread is interrupted
   */
  void drain() throws InterruptedException;
}
