package dev.poolwright.internal.parcel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.TaskSerializationException;
import dev.poolwright.internal.FakeHome;
import dev.poolwright.internal.LeavesNothingBehind;
import dev.poolwright.internal.task.PoolTask;
import dev.poolwright.internal.wire.Outcomes.Ending;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(LeavesNothingBehind.class)
class AnswerReadersTest {

  @Test
  @DisplayName("at most 64 answers are left behind; then others fail, until some of those are read")
  void boundsWhatIsLeftBehind() throws IOException {
    CountDownLatch through = new CountDownLatch(1);
    AnswerReaders readers = new AnswerReaders("cpu", 1);
    try (FakeHome home = new FakeHome()) {
      Thread driver = Thread.currentThread();
      PoolTask<Integer> task = home.task(() -> 1);
      for (int i = 0; i < 65; i++) {
        Ending left =
            readers.read(
                task,
                () -> {
                  readers.leaveBehind(task, driver);
                  through.await();
                  return new Ending(1, null);
                });
        assertThat(left.failure()).isInstanceOf(CancellationException.class);
      }
      assertThat(readers.read(task, () -> new Ending(2, null)).failure())
          .isInstanceOf(TaskSerializationException.class)
          .hasMessageContaining("64 other results of pool \"cpu\" are still being read");
      through.countDown();
      Ending read = new Ending(null, null);
      while (read.value() == null) {
        read = readers.read(task, () -> new Ending(3, null));
      }
      assertThat(read.value()).isEqualTo(3);
    } finally {
      through.countDown();
      readers.close();
    }
  }
}
