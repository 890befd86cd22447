package dev.poolwright.internal.pool;

import dev.poolwright.internal.task.HandWork;
import dev.poolwright.internal.task.PreparedCall;
import dev.poolwright.internal.wire.PayloadBuffer;
import dev.poolwright.internal.wire.Payloads;
import dev.poolwright.spi.Call;
import org.jspecify.annotations.Nullable;

/**
 * A call that was written and read again when it was submitted, as if it ran in a worker JVM; so is
 * its result.
 */
final class CopiedCall extends PreparedCall {
  private static final long serialVersionUID = 1;

  private final transient String name;
  private final transient Call<@Nullable Object, ?> copy;
  private final transient Payloads payloads;
  private final transient @Nullable Object label;

  private CopiedCall(
      String name, Call<@Nullable Object, ?> copy, Payloads payloads, @Nullable Object label) {
    this.name = name;
    this.copy = copy;
    this.payloads = payloads;
    this.label = label;
  }

  /**
   * Copies a call.
   *
   * @throws dev.poolwright.TaskSerializationException when it cannot travel
   */
  @SuppressWarnings("unchecked") // Generated code pairs calls and targets.
  static CopiedCall of(String name, Call<?, ?> call, Payloads payloads) {
    Call<?, ?> copy = payloads.readCall(name, call.getClass(), payloads.writeCall(name, call));
    return new CopiedCall(name, (Call<@Nullable Object, ?>) copy, payloads, HandWork.label(call));
  }

  @Override
  public @Nullable Object on(Object target) throws Throwable {
    Object result = copy.on(target);
    PayloadBuffer out = new PayloadBuffer(payloads.limit());
    payloads.writeResult(name, result, out);
    Class<?> type = copy instanceof HandWork<?> hand ? hand.work().getClass() : copy.getClass();
    return payloads.readResult(name, copy.getClass(), type.getClassLoader(), out.toByteBuffer());
  }

  @Override
  public @Nullable Object label() {
    return label;
  }

  @Override
  public void dropped() {
    // Nothing waits in a queue.
  }
}
