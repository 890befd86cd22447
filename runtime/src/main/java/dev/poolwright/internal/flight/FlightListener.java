package dev.poolwright.internal.flight;

import dev.poolwright.PoolListener;
import dev.poolwright.PoolStats;
import dev.poolwright.TaskEvent;
import dev.poolwright.WorkerEvent;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/** Writes what pools do as events of the flight recorder, which has been started. */
final class FlightListener implements PoolListener {

  private final List<EventType> types =
      List.of(
          EventType.getEventType(TaskFlight.class),
          EventType.getEventType(RejectedFlight.class),
          EventType.getEventType(WorkerStartFlight.class),
          EventType.getEventType(WorkerEndFlight.class));
  private final EventType tasks = types.get(0);
  private final Supplier<List<PoolStats>> stats;
  private final Runnable periodic = this::commitStats;

  FlightListener(Supplier<List<PoolStats>> stats) {
    this.stats = stats;
    FlightRecorder.addPeriodicEvent(StatsFlight.class, periodic);
  }

  /** A loop without an iterator, since each task asks. */
  boolean isOn() {
    for (int i = 0; i < types.size(); i++) {
      if (types.get(i).isEnabled()) {
        return true;
      }
    }
    return false;
  }

  void close() {
    boolean unused = FlightRecorder.removePeriodicEvent(periodic);
  }

  private void commitStats() {
    for (PoolStats pool : stats.get()) {
      new StatsFlight(pool).commit();
    }
  }

  @Override
  public void taskStarted(TaskEvent event) {
    if (event instanceof Flown flown && tasks.isEnabled()) {
      TaskFlight flight = new TaskFlight();
      flight.begin();
      flown.flight(flight);
    }
  }

  @Override
  public void taskEnded(TaskEvent event) {
    if (event instanceof Flown flown && flown.flight() instanceof TaskFlight flight) {
      flight.end();
      if (flight.shouldCommit()) {
        flight.is(event);
        flight.commit();
      }
    }
  }

  @Override
  public void taskRejected(TaskEvent event) {
    RejectedFlight flight = new RejectedFlight();
    if (flight.shouldCommit()) {
      flight.pool = event.pool();
      flight.name = event.name();
      flight.reason = reason(event.failure());
      flight.commit();
    }
  }

  private static @Nullable String reason(@Nullable Throwable why) {
    return why == null
        ? null
        : Objects.requireNonNullElse(why.getMessage(), why.getClass().getName());
  }

  @Override
  public void workerStarted(WorkerEvent event) {
    WorkerStartFlight flight = new WorkerStartFlight();
    if (flight.shouldCommit()) {
      flight.pool = event.pool();
      flight.worker = event.worker();
      flight.pid = event.pid().orElse(0);
      flight.commit();
    }
  }

  @Override
  public void workerEnded(WorkerEvent event) {
    WorkerEndFlight flight = new WorkerEndFlight();
    if (flight.shouldCommit()) {
      flight.pool = event.pool();
      flight.worker = event.worker();
      flight.pid = event.pid().orElse(0);
      flight.reason = event.reason();
      flight.isCrash = event.isCrash();
      flight.commit();
    }
  }
}
