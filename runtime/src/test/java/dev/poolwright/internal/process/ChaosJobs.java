package dev.poolwright.internal.process;

import dev.poolwright.Job;
import dev.poolwright.TaskContext;
import dev.poolwright.TaskSerializationException;
import dev.poolwright.TaskTimeoutException;
import dev.poolwright.WorkerCrashedException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** What tasks of a chaos test do, and how each may end by itself. */
enum ChaosJobs {
  GOOD(null) {
    @Override
    Job<@Nullable Object> job(int number) {
      return () -> number;
    }
  },
  SLOW(null) {
    @Override
    Job<@Nullable Object> job(int number) {
      return () -> {
        Thread.sleep(number % 40);
        return number;
      };
    }
  },
  TALKS(null) {
    @Override
    Job<@Nullable Object> job(int number) {
      return () -> {
        for (int i = 0; i < 20; i++) {
          TaskContext.current().progress(i / 20.0, "step");
        }
        Thread.currentThread().interrupt(); // Returns with its flag set.
        return number;
      };
    }
  },
  EXITS(WorkerCrashedException.class) {
    @Override
    Job<@Nullable Object> job(int number) {
      return () -> {
        System.exit(3);
        return null;
      };
    }
  },
  HALTS(WorkerCrashedException.class) {
    @Override
    Job<@Nullable Object> job(int number) {
      return () -> {
        Runtime.getRuntime().halt(0);
        return null;
      };
    }
  },
  FILLS_HEAP(WorkerCrashedException.class) {
    @Override
    Job<@Nullable Object> job(int number) {
      return () -> new ArrayList<>(List.of(new byte[1 << 30]));
    }
  },
  SPINS(TaskTimeoutException.class) {
    @Override
    Job<@Nullable Object> job(int number) {
      return () -> {
        while (System.nanoTime() != 0) {
          Thread.onSpinWait();
        }
        return null;
      };
    }
  },
  STARTS_PROCESS(TaskTimeoutException.class) {
    @Override
    Job<@Nullable Object> job(int number) {
      return () -> new ProcessBuilder("sleep", "1000").start().waitFor();
    }
  },
  LARGE_ARGUMENT(TaskSerializationException.class) {
    @Override
    Job<@Nullable Object> job(int number) {
      byte[] large = new byte[3 << 20];
      return () -> large.length;
    }
  },
  LARGE_RESULT(TaskSerializationException.class) {
    @Override
    Job<@Nullable Object> job(int number) {
      return () -> new byte[3 << 20];
    }
  },
  UNREADABLE_ARGUMENT(TaskSerializationException.class) {
    @Override
    Job<@Nullable Object> job(int number) {
      Unreadable unreadable = new Unreadable();
      return () -> unreadable;
    }
  },
  UNREADABLE_RESULT(TaskSerializationException.class) {
    @Override
    Job<@Nullable Object> job(int number) {
      return Unreadable::new;
    }
  },
  UNWRITABLE_RESULT(TaskSerializationException.class) {
    @Override
    Job<@Nullable Object> job(int number) {
      return Object::new;
    }
  },
  THROWS(StackOverflowError.class) {
    @Override
    Job<@Nullable Object> job(int number) {
      return () -> {
        throw new StackOverflowError("deep");
      };
    }
  };

  private static final ChaosJobs[] ALL = values();
  private static final int GOOD_ONES = 3;

  private final @Nullable Class<? extends Throwable> failure;

  ChaosJobs(@Nullable Class<? extends Throwable> failure) {
    this.failure = failure;
  }

  /** One of a number, as it travels. */
  abstract Job<@Nullable Object> job(int number);

  /** Four of five are good. */
  static ChaosJobs any(Random random) {
    return random.nextInt(5) > 0
        ? ALL[random.nextInt(GOOD_ONES)]
        : ALL[GOOD_ONES + random.nextInt(ALL.length - GOOD_ONES)];
  }

  /** Whether a task may have ended so, if nobody else had to do with it. */
  boolean mayEndWith(@Nullable Object result, @Nullable Throwable thrown, int number) {
    return failure == null
        ? thrown == null && Integer.valueOf(number).equals(result)
        : failure.isInstance(thrown);
  }

  /** Whether a task may have ended so because somebody else killed, cancelled or closed. */
  static boolean isDisturbed(@Nullable Throwable thrown) {
    return thrown instanceof CancellationException
        || thrown instanceof WorkerCrashedException
        || thrown instanceof dev.poolwright.WorkerStartException
        || thrown instanceof java.util.concurrent.RejectedExecutionException
        || thrown instanceof InterruptedException
        || thrown instanceof TaskTimeoutException;
  }

  /** Cannot be read, in whatever JVM. */
  private static final class Unreadable implements Serializable {
    private static final long serialVersionUID = 1;

    @SuppressWarnings("unused") // By the JDK.
    private void readObject(ObjectInputStream in) {
      throw new IllegalStateException("unreadable");
    }
  }
}
