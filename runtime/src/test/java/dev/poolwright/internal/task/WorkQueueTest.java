package dev.poolwright.internal.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.internal.FakeHome;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class WorkQueueTest {

  private final FakeHome home = new FakeHome();
  private final WorkQueue queue = new WorkQueue();
  private final PoolTask<?> first = home.task(() -> 1);
  private final PoolTask<?> second = home.task(() -> 2);
  private final PoolTask<?> third = home.task(() -> 3);

  @AfterEach
  void end() throws InterruptedException {
    home.close();
  }

  private void addAll() {
    queue.add(first);
    queue.add(second);
    queue.add(third);
  }

  @Test
  void whatCameFirstLeavesFirst() {
    addAll();

    assertThat(queue.poll()).isSameAs(first);
    assertThat(queue.poll()).isSameAs(second);
    assertThat(queue.poll()).isSameAs(third);
    assertThat(queue.poll()).isNull();
  }

  @Test
  void aTaskLeavesFromTheMiddleOnce() {
    addAll();

    assertThat(queue.remove(second)).isTrue();
    assertThat(queue.remove(second)).isFalse();
    assertThat(queue.toList()).isEqualTo(List.of(first, third));
    assertThat(queue.size()).isEqualTo(2);
  }

  @Test
  void theFirstAndTheLastLeaveAsWell() {
    addAll();

    assertThat(queue.remove(third)).isTrue();
    assertThat(queue.remove(first)).isTrue();
    assertThat(queue.toList()).isEqualTo(List.of(second));
    assertThat(queue.remove(second)).isTrue();
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void whatLeftMayComeAgain() {
    addAll();
    PoolTask<?> left = queue.poll();

    queue.add(left);

    assertThat(queue.toList()).isEqualTo(List.of(second, third, first));
  }

  @Test
  void aTaskThatWasNeverThereDoesNotLeave() {
    queue.add(first);

    assertThat(queue.remove(second)).isFalse();
    assertThat(queue.size()).isEqualTo(1);
  }
}
