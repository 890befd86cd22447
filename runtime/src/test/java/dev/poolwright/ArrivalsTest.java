package dev.poolwright;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Futures that are watched until they are done. */
final class ArrivalsTest {

  private static List<CompletableFuture<Integer>> futures(int count) {
    return Stream.generate(CompletableFuture<Integer>::new).limit(count).toList();
  }

  /** What each end costs does not grow with those that are left: half a minute if it did. */
  @Test
  @Timeout(10)
  void manyArriveInTheOrderOfTheirEnds() {
    List<CompletableFuture<Integer>> all = futures(100_000);
    Iterable<CompletableFuture<Integer>> completed = Tasks.asCompleted(all);

    all.forEach(each -> each.complete(1));

    assertThat(completed).containsExactlyElementsOf(all);
  }

  @Test
  @Timeout(10)
  void whoLeavesIsForgottenByAllThatHaveNotArrived() {
    List<CompletableFuture<Integer>> all = futures(3);
    Arrivals<CompletableFuture<Integer>> arrivals = Arrivals.of(all);
    all.get(1).complete(1);

    arrivals.close();
    all.get(2).complete(2);

    assertThat(all.get(0).getNumberOfDependents()).isZero();
    assertThat(arrivals.poll()).isSameAs(all.get(1));
    assertThat(arrivals.poll()).isNull();
  }
}
