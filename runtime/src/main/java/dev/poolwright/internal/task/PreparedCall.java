package dev.poolwright.internal.task;

import dev.poolwright.spi.Call;
import org.jspecify.annotations.Nullable;

/** A call in the form in which it waits in the queue of a pool that does not run it in this JVM. */
public interface PreparedCall extends Call<Object, @Nullable Object> {

  /** What the task names itself by, when its work was submitted by hand. */
  @Nullable Object label();

  /** The task does not need the call any more. May be called twice. */
  void dropped();
}
