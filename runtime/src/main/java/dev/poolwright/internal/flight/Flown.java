package dev.poolwright.internal.flight;

import org.jspecify.annotations.Nullable;

/** A task that keeps the event of its run, from its start to its end. */
public interface Flown {

  /** The event; null when it is not recorded. */
  @Nullable Object flight();

  /** Keeps the event. */
  void flight(Object event);
}
