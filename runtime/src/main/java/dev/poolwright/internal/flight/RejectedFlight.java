package dev.poolwright.internal.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import org.jspecify.annotations.Nullable;

/** A task that was refused; its stack is that of the submit. */
@Name("dev.poolwright.Rejected")
@Label("Rejected Task")
@Category("Poolwright")
@Description("A task that a pool refused")
final class RejectedFlight extends Event {

  @Label("Pool")
  @Nullable String pool;

  @Label("Name")
  @Nullable String name;

  @Label("Reason")
  @Nullable String reason;
}
