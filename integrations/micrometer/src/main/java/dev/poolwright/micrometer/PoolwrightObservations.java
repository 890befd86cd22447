package dev.poolwright.micrometer;

import dev.poolwright.PoolListener;
import dev.poolwright.TaskEvent;
import dev.poolwright.TaskStatus;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes one observation, named {@code poolwright.task}, for each run of a task:
 *
 * <pre>{@code
 * pools.listen(new PoolwrightObservations(observations))
 * }</pre>
 *
 * <p>Its parent is the observation that was current when the task was submitted. A task that never
 * ran has no observation.
 *
 * <p><b>Threads:</b> thread-safe.
 */
public final class PoolwrightObservations implements PoolListener {

  private final ObservationRegistry registry;

  /** Of tasks that are not done, by the one object that tells of each. */
  private final Map<TaskEvent, Open> open = new ConcurrentHashMap<>();

  /** An observation that may be stopped by one thread while another is about to start it. */
  private static final class Open {
    private final Observation observation;
    private boolean hasStarted;

    Open(Observation observation) {
      this.observation = observation;
    }

    synchronized void start() {
      if (!hasStarted) {
        hasStarted = true;
        observation.start();
      }
    }
  }

  /**
   * Creates a listener that makes observations in a registry.
   *
   * @param registry the registry
   */
  public PoolwrightObservations(ObservationRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void taskSubmitted(TaskEvent event) {
    Observation observation =
        Observation.createNotStarted("poolwright.task", registry)
            .contextualName(event.name())
            .lowCardinalityKeyValue("pool", event.pool())
            .lowCardinalityKeyValue("task", event.name());
    Observation parent = registry.getCurrentObservation();
    if (parent != null) {
      observation.parentObservation(parent);
    }
    open.put(event, new Open(observation));
    if (event.status().isDone()) {
      open.remove(event); // Cancelled before anybody could tell.
    }
  }

  @Override
  public void taskStarted(TaskEvent event) {
    Open begun = open.get(event);
    if (begun != null) {
      begun.start();
    }
  }

  @Override
  public void taskEnded(TaskEvent event) {
    Open ended = open.remove(event);
    if (ended == null || event.startedNanos() == 0) {
      return;
    }
    ended.start(); // Its start may be told later than its end.
    Observation observation = ended.observation;
    observation.lowCardinalityKeyValue("outcome", outcome(event.status()));
    Throwable failure = event.failure();
    if (failure != null) {
      observation.error(failure);
    }
    observation.stop();
  }

  @Override
  public void taskRejected(TaskEvent event) {
    open.remove(event);
  }

  /** The value of the tag {@code outcome}. */
  static String outcome(TaskStatus status) {
    return switch (status) {
      case SUCCEEDED -> "success";
      case CANCELLED -> "cancelled";
      default -> "error";
    };
  }
}
