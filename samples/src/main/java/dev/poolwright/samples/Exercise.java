package dev.poolwright.samples;

import dev.poolwright.annotation.Async;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Work that takes its time and says where it ran. */
@Singleton
class Exercise {

  /** How long each piece of work takes. */
  static final Duration EFFORT = Duration.ofMillis(200);

  /** Most pieces that run at once. */
  static final int WORKERS = 4;

  @Async(pool = "exercise", maxWorkers = WORKERS)
  Answer solve(int number) throws InterruptedException {
    Thread.sleep(EFFORT.toMillis());
    return new Answer(number, number * number, Thread.currentThread().getName());
  }

  /**
   * One answer.
   *
   * @param number what was asked
   * @param square its square
   * @param worker name of the thread that found it
   */
  record Answer(int number, int square, String worker) {}
}
