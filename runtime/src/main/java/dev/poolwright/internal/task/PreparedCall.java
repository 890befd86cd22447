package dev.poolwright.internal.task;

import dev.poolwright.spi.Call;
import org.jspecify.annotations.Nullable;

/**
 * A call in the form in which it waits in the queue of a pool that does not run it in this JVM.
 *
 * <p>A class, since each call that ends is asked whether it is one: whether an object is of an
 * interface costs the JVM a search among all that its class implements, 6 ns when it is not.
 */
@SuppressWarnings("serial") // It is never written; its bytes are.
public abstract class PreparedCall implements Call<Object, @Nullable Object> {

  /** What the task names itself by, when its work was submitted by hand. */
  public abstract @Nullable Object label();

  /** The task does not need the call any more. May be called twice. */
  public abstract void dropped();
}
