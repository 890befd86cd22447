package dev.poolwright.internal.process.start;

import dev.poolwright.annotation.PoolKind;
import dev.poolwright.annotation.setting.PoolSetting;
import dev.poolwright.internal.life.Guard;
import dev.poolwright.internal.pool.PoolSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the worker JVMs of all process pools of one {@code Pools} may take together, and the heap of
 * each. What {@code jvm-args} say of a heap counts as written; the rest is shared equally. A JVM
 * that is given a share of the memory, and no number, takes some 126 MB at least: so each is given
 * a number.
 *
 * <p><b>Shape:</b> immutable.
 *
 * @param bytes all
 */
public record MemoryBudget(long bytes) {
  /** What a worker JVM needs at least to run anything. */
  static final long LEAST_HEAP = 16L << 20;

  private static final String PROPERTY = "poolwright.memory";

  /** The JVM reads a percentage of the memory that it sees. */
  private static final String PERCENTAGE = "-XX:MaxRAMPercentage=";

  private static final List<String> HEAPS = List.of("-Xmx", "-mx", "-XX:MaxHeapSize=", PERCENTAGE);

  /**
   * The budget of this JVM: half of its memory, or what {@code poolwright.memory} says, which is
   * half of its own share in a worker JVM.
   *
   * @return the same for each {@code Pools} of this JVM
   * @throws IllegalArgumentException when the property is no number of bytes
   */
  public static MemoryBudget own() {
    String text = System.getProperty(PROPERTY);
    return new MemoryBudget(text == null ? SystemMemory.bytes() / 2 : parsed(PROPERTY, text));
  }

  /**
   * Gives each pool its share.
   *
   * @param pools of all kinds
   * @return those of kind {@code PROCESS} with a heap in their {@code jvm-args}, and with as many
   *     workers as fit where the number of CPUs would be the bound; the others as they are
   * @throws IllegalArgumentException when the numbers that were given do not fit
   */
  public List<PoolSettings> share(Collection<PoolSettings> pools) {
    long written = 0;
    long given = 0;
    List<PoolSettings> unbounded = new ArrayList<>();
    for (PoolSettings pool : pools) {
      Long heap = pool.kind() == PoolKind.PROCESS ? writtenHeap(pool) : Long.valueOf(0);
      if (heap != null) {
        written += heap * pool.maxWorkers();
      } else if (pool.number(PoolSetting.MAX_WORKERS) > 0) {
        given += pool.maxWorkers();
      } else {
        unbounded.add(pool);
      }
    }
    long left = Math.max(0, bytes - written);
    if (written > bytes) {
      Guard.log(
          System.Logger.Level.WARNING,
          "jvm-args of process pools give worker JVMs "
              + megabytes(written)
              + " of heap together, more than the "
              + megabytes(bytes)
              + " that all worker JVMs are to share ("
              + PROPERTY
              + ")");
    }
    if (given * LEAST_HEAP > left) {
      throw new IllegalArgumentException(
          given
              + " worker JVMs (max-workers) need "
              + megabytes(given * LEAST_HEAP)
              + " of heap at least, and "
              + megabytes(left)
              + " of the "
              + megabytes(bytes)
              + " for all worker JVMs are left; set fewer, or "
              + PROPERTY);
    }
    return shared(pools, unbounded, given, left);
  }

  private static List<PoolSettings> shared(
      Collection<PoolSettings> pools, List<PoolSettings> unbounded, long given, long left) {
    int most =
        unbounded.isEmpty() ? 0 : (int) Math.max(1, (left / LEAST_HEAP - given) / unbounded.size());
    long workers = given;
    for (PoolSettings pool : unbounded) {
      workers += Math.min(most, pool.maxWorkers());
    }
    long heap = workers == 0 ? 0 : Math.max(LEAST_HEAP, left / workers);
    List<PoolSettings> all = new ArrayList<>();
    for (PoolSettings pool : pools) {
      if (pool.kind() != PoolKind.PROCESS) {
        all.add(pool);
        continue;
      }
      int fitting = pool.maxWorkers();
      Long ownHeap = writtenHeap(pool);
      // Not by unbounded.contains(pool): the first equals() of a record takes 30 ms to link.
      boolean isUnbounded = ownHeap == null && pool.number(PoolSetting.MAX_WORKERS) == 0;
      if (isUnbounded && fitting > most) {
        Guard.log(
            System.Logger.Level.INFO,
            "pool \""
                + pool.name()
                + "\" has at most "
                + most
                + " of "
                + fitting
                + " workers, since no more fit in the memory of worker JVMs ("
                + PROPERTY
                + ")");
        fitting = most;
      }
      all.add(with(pool, fitting, ownHeap == null ? heap : 0, ownHeap == null ? heap : ownHeap));
    }
    return all;
  }

  private static PoolSettings with(PoolSettings pool, int workers, long heap, long share) {
    List<String> words = new ArrayList<>();
    words.add("-D" + PROPERTY + "=" + share / 2);
    if (heap > 0) {
      words.add("-Xmx" + (heap >> 10) + "k");
    }
    words.addAll(pool.words(PoolSetting.JVM_ARGS));
    Map<PoolSetting, Object> values = new EnumMap<>(pool.values());
    values.put(PoolSetting.JVM_ARGS, List.copyOf(words));
    if (workers < pool.maxWorkers()) {
      values.put(PoolSetting.MAX_WORKERS, workers);
    }
    return new PoolSettings(pool.name(), pool.kind(), values);
  }

  /** The heap that {@code jvm-args} give each worker, the last of them; null when none does. */
  private static @Nullable Long writtenHeap(PoolSettings pool) {
    Long heap = null;
    for (String word : pool.words(PoolSetting.JVM_ARGS)) {
      for (String option : HEAPS) {
        if (word.startsWith(option)) {
          heap = writtenHeap(option, word.substring(option.length()));
        }
      }
    }
    return heap;
  }

  private static long writtenHeap(String option, String text) {
    try {
      return option.equals(PERCENTAGE)
          ? (long) (SystemMemory.bytes() * (Double.parseDouble(text) / 100))
          : parsed(option, text);
    } catch (IllegalArgumentException e) {
      return 0; // The worker JVM says so.
    }
  }

  private static long parsed(String source, String text) {
    String number = text.toLowerCase(Locale.ROOT);
    int shift =
        number.isEmpty() ? 0 : 10 * ("kmgt".indexOf(number.charAt(number.length() - 1)) + 1);
    String digits = shift == 0 ? number : number.substring(0, number.length() - 1);
    try {
      return Math.multiplyExact(Long.parseLong(digits), 1L << shift);
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException(
          source + " has the size " + text + "; must be bytes, as 512m or 2g", e);
    }
  }

  private static String megabytes(long size) {
    return (size >> 20) + " MB";
  }
}
