package dev.poolwright.internal.wire;

import dev.poolwright.spi.Call;
import java.io.IOException;
import java.util.List;

/**
 * A call that is only read and answered, so that a worker JVM has the classes which its first call
 * needs. It is not written from a record, since only parents do that.
 *
 * @param number its argument
 */
public record Rehearsal(int number) implements Call<Object, Integer> {
  private static final int LIMIT = 1 << 10;

  @Override
  public Integer on(Object target) {
    return number;
  }

  /**
   * Reads and answers one.
   *
   * @throws IOException never, in practice
   * @throws ReflectiveOperationException never, in practice
   */
  public static void hold() throws IOException, ReflectiveOperationException {
    RecordMaker maker = RecordMaker.of(Rehearsal.class);
    if (maker != null) { // First of all: Java 18 and later make method handles for it.
      Object ignored = maker.make(new Object[] {1});
    }
    Payloads payloads = new Payloads(List.of(), LIMIT);
    PayloadBuffer out = new PayloadBuffer(LIMIT);
    new CallHeader("", "", "", false, 0).write(out);
    CallHeader header = CallHeader.read(out.toByteBuffer());
    out.truncate(0);
    payloads.writeComponents(out, 1);
    Call<?, ?> unused = payloads.readCall("", Rehearsal.class, out.toByteBuffer());
    out.truncate(0);
    new Outcomes(payloads).writeReturned(header.name(), 1, out);
  }
}
