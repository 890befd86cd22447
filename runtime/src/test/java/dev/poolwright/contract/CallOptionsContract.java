package dev.poolwright.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.poolwright.CallOption;
import dev.poolwright.MapOption;
import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.TaskTimeoutException;
import dev.poolwright.spi.Call;
import dev.poolwright.spi.CallSite;
import dev.poolwright.spi.Rows;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Options of a call go before those of its pool, and leave the call site as it was. */
abstract class CallOptionsContract extends PoolContract {

  /** A call that takes its time. */
  record Nap(int millis) implements Call<Work, Integer> {
    @Override
    public Integer on(Work none) throws InterruptedException {
      Thread.sleep(millis);
      return millis;
    }
  }

  private static CallSite<Work> nap(Pools pools) {
    return CallSite.<Work>ofStatic(Work.class, "nap(int)", "io").open(pools);
  }

  @Test
  @Tag("scenario-150")
  @DisplayName("a limit of the call is for that call alone; none at all is an option too")
  void limitsOneCall() throws Exception {
    CallSite<Work> site = nap(open(Shape.of("io", 1).timeout(Duration.ofMillis(300))));
    Task<Integer> limited =
        site.with(CallOption.timeout(Duration.ofMillis(100))).submit(null, new Nap(60_000));
    awaitDone(limited);
    assertThat(limited.exceptionNow())
        .isInstanceOf(TaskTimeoutException.class)
        .hasMessage("Work.nap(int) ran longer than PT0.1S, the limit of CallOption");
    assertThat(site.with(CallOption.noTimeout()).submit(null, new Nap(500)).join()).isEqualTo(500);
  }

  @Test
  void othersHaveTheLimitOfThePool() throws Exception {
    needsWorkers();
    CallSite<Work> site = nap(open(Shape.of("io", 1).timeout(Duration.ofMillis(300))));
    Task<Integer> poolsOwn = site.submit(null, new Nap(60_000));
    awaitDone(poolsOwn);
    assertThat(poolsOwn.exceptionNow()).hasMessageContaining("PT0.3S, the limit of pool \"io\"");
  }

  @Test
  @Tag("scenario-150")
  @DisplayName("a limit of the call counts from the start of the run, not of the wait")
  void isRelative() throws Exception {
    Pools pools = open(Shape.of("io", 1));
    Pool pool = pools.pool("io");
    Gate gate = gate();
    Task<?> busy = pool.submit(Quiet.stopAt(gate.port()));
    gate.next();
    CallSite<Work> view = nap(pools).with(CallOption.timeout(limit()));
    Task<Integer> queued = view.submit(null, new Nap(0));
    assertThat(pool.submit(() -> 7).isDone()).isFalse();
    Thread.sleep(limit().toMillis() + 100); // The limit: a time has to pass here.
    gate.close();
    assertThat(queued.join()).isZero();
    assertThat(busy.join()).isNull();
  }

  @Test
  @Tag("scenario-62")
  @Tag("scenario-150")
  @DisplayName("a limit of the call is for each element of its batch")
  void limitsEachElement() {
    Iterator<Integer> results =
        nap(open(Shape.of("io", 1)))
            .with(CallOption.timeout(limit()))
            .map(
                null,
                Rows.of(List.of(60_000, 0, 60_000)),
                row -> new Nap(row.next()),
                MapOption.chunkSize(3))
            .iterator();
    for (int i = 0; i < 3; i++) {
      if (i == 1) {
        assertThat(results.next()).isZero();
      } else {
        assertThatExceptionOfType(CompletionException.class)
            .isThrownBy(results::next)
            .withCauseInstanceOf(TaskTimeoutException.class);
      }
    }
  }

  @Test
  void limitsWorkSubmittedByHand() throws Exception {
    Pool pool = open(Shape.of("io", 1)).pool("io");
    Pool view = pool.with(CallOption.timeout(Duration.ofMillis(100)));
    Task<Integer> limited = view.submit(() -> nap(60_000));
    awaitDone(limited);

    assertThat(limited.exceptionNow())
        .isInstanceOf(TaskTimeoutException.class)
        .hasMessageContaining("PT0.1S, the limit of CallOption");
    assertThat(pool.submit(() -> nap(300)).join()).isEqualTo(300);
    assertThat(view.with(CallOption.noTimeout()).submit(() -> nap(300)).join()).isEqualTo(300);
  }

  @Test
  void limitsEachElementOfWhatIsMappedByHand() {
    Pool view = open(Shape.of("io", 1)).pool("io").with(CallOption.timeout(limit()));
    Iterator<Integer> results =
        view.map(CallOptionsContract::nap, List.of(60_000, 0), MapOption.chunkSize(2)).iterator();

    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(results::next)
        .withCauseInstanceOf(TaskTimeoutException.class);
    assertThat(results.next()).isZero();
  }

  @Test
  void aViewIsThePoolInAllElse() {
    Pool pool = open(Shape.of("io", 2)).pool("io");
    Pool view = pool.with(CallOption.noTimeout());

    assertThat(view.submit(() -> 7).join()).isEqualTo(7);
    assertThat(view).hasToString(pool.toString());
    assertThat(view.kind()).isEqualTo(pool.kind());
    assertThat(pool.stats().submitted()).isEqualTo(1);
    view.shutdown();
    assertThat(pool.isShutdown()).isTrue();
  }

  private static int nap(int millis) throws InterruptedException {
    Thread.sleep(millis);
    return millis;
  }
}
