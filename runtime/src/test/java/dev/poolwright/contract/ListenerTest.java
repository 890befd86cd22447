package dev.poolwright.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.Pool;
import dev.poolwright.PoolListener;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.TaskEvent;
import dev.poolwright.TaskStatus;
import dev.poolwright.WorkerCrashedException;
import dev.poolwright.WorkerEvent;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Listeners on pools of each kind, and what only some kinds can show. */
@Timeout(60)
final class ListenerTest {

  @Nested
  final class Threads extends ListenerContract {
    @Override
    Kind kind() {
      return Kind.THREAD;
    }

    @Test
    @SuppressWarnings("try") // It listens until it is closed.
    void whatATaskSubmitsKnowsItsParent() throws Exception {
      Heard heard = new Heard();
      Pools pools = open(Shape.of("io", 1));
      try (PoolListener.Registration unused = pools.listen(heard)) {
        Pool pool = pools.pool("io");
        pool.submit(() -> pool.submit(() -> 1).join()).join();
        TaskEvent outer = heard.await("submitted").task();
        TaskEvent inner = heard.await("submitted").task();
        assertThat(List.of(outer.parent(), inner.parent()).toString())
            .contains("OptionalLong[1]", "OptionalLong.empty");
      }
    }
  }

  @Nested
  final class VirtualThreads extends ListenerContract {
    @Override
    Kind kind() {
      return Kind.VIRTUAL;
    }
  }

  @Nested
  final class Clusters extends ListenerContract {
    @Override
    Kind kind() {
      return Kind.CLUSTER;
    }
  }

  @Nested
  final class Processes extends ListenerContract {
    @Override
    Kind kind() {
      return Kind.PROCESS;
    }

    @Test
    @SuppressWarnings("try") // It listens until it is closed.
    void tellsOfACrash() throws Exception {
      Heard heard = new Heard();
      Pools pools = open(Shape.of("io", 1));
      try (PoolListener.Registration unused = pools.listen(heard)) {
        Task<?> task = pools.pool("io").submit(() -> Runtime.getRuntime().halt(7));
        WorkerEvent ended = heard.await("worker ended").worker();
        assertThat(ended.isCrash()).isTrue();
        assertThat(ended.reason()).isEqualTo("terminated abruptly with exit code 7");
        assertThat(heard.await("ended").task().failure())
            .isInstanceOf(WorkerCrashedException.class);
        assertThat(task.isDone()).isTrue();
      }
    }
  }

  @Test
  void directPoolsTellInOrder() throws Exception {
    Heard heard = new Heard();
    Pools pools = Pools.builder().listener(heard).direct();
    pools.pool("io").submit(() -> 1).join();
    assertThat(heard.all().stream().map(Heard.Line::what))
        .containsExactly("submitted", "started", "ended", "run ended");
    assertThat(heard.all().get(0).task().status()).isEqualTo(TaskStatus.SUCCEEDED);
    pools.close();
  }

  @Test
  void whatATaskOfADirectPoolSubmitsKnowsItsParent() {
    Heard heard = new Heard();
    Pools pools = Pools.builder().listener(heard).direct();
    Pools others = Pools.builder().listener(heard).direct();
    Pool pool = pools.pool("io");
    Pool other = others.pool("io");
    pool.submit(() -> pool.submit(() -> other.submit(() -> 1).join()).join()).join();
    pool.submit(() -> 2).join();
    List<TaskEvent> submitted =
        heard.all().stream()
            .filter(line -> line.what().equals("submitted"))
            .map(Heard.Line::task)
            .toList();
    assertThat(submitted.stream().map(TaskEvent::parent))
        .containsExactly(
            OptionalLong.empty(), OptionalLong.of(1), OptionalLong.empty(), OptionalLong.empty());
    pools.close();
    others.close();
  }
}
