package dev.poolwright.internal.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.ContextCarrier;
import dev.poolwright.internal.LogLines;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class ImportedCarriersTest {
  private static final AtomicInteger INITIALIZED = new AtomicInteger();
  private static volatile CountDownLatch begun = new CountDownLatch(0);
  private static volatile CountDownLatch goOn = new CountDownLatch(0);

  private final ImportedCarriers carriers =
      new ImportedCarriers(ImportedCarriersTest.class.getClassLoader(), "a test");

  /** What a call may name as well as any other class. */
  private static final class NoCarrier {
    static {
      INITIALIZED.getAndIncrement();
    }
  }

  private abstract static class Fields implements ContextCarrier {
    @Override
    public String name() {
      return "fields";
    }

    @Override
    public @Nullable Object capture() {
      return null;
    }

    @Override
    public void around(Object captured, Runnable run) {
      run.run();
    }

    @Override
    public @Nullable Object imported(Map<String, String> fields) {
      return fields;
    }
  }

  /** Is made for as long as it has to wait. */
  static final class CarrierAa extends Fields {
    final boolean wentOn;

    CarrierAa() throws InterruptedException {
      begun.countDown();
      wentOn = goOn.await(3, TimeUnit.SECONDS);
    }

    @Override
    public @Nullable Object imported(Map<String, String> fields) {
      return wentOn ? fields : null;
    }
  }

  /** Its name has the hash code of the other's, so that they meet in a map. */
  static final class CarrierBB extends Fields {}

  @BeforeEach
  void reset() {
    INITIALIZED.set(0);
    begun = new CountDownLatch(1);
    goOn = new CountDownLatch(1);
  }

  private @Nullable Snapshot imported(Class<?> carrier) {
    return carriers.imported(Map.of(carrier.getName(), Map.of("key", "value")));
  }

  @Test
  void initializesNoClassThatIsNoCarrier() {
    try (LogLines log = new LogLines()) {
      assertThat(imported(NoCarrier.class)).isNull();
      assertThat(imported(NoCarrier.class)).isNull();

      assertThat(INITIALIZED).hasValue(0);
      assertThat(log.lines())
          .containsExactly(
              "context carrier " + NoCarrier.class.getName() + " cannot be made in a test");
    }
  }

  @Test
  void makesACarrierWithoutKeepingOthersWaiting() throws Exception {
    assertThat(CarrierAa.class.getName()).hasSameHashCodeAs(CarrierBB.class.getName());
    CompletableFuture<@Nullable Snapshot> slow =
        CompletableFuture.supplyAsync(() -> imported(CarrierAa.class));
    begun.await();

    assertThat(imported(CarrierBB.class)).isNotNull();
    goOn.countDown();

    assertThat(slow.get(10, TimeUnit.SECONDS)).as("what the first was to wait for").isNotNull();
  }
}
