package dev.poolwright;

import dev.poolwright.annotation.PoolKind;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link PoolListener} is told of a worker.
 *
 * <p>Made by Poolwright alone; later versions add facts.
 *
 * <p><b>Shape:</b> immutable.
 */
@SuppressWarnings("exports") // an annotation that nobody else need have
public interface WorkerEvent {

  /**
   * The pool's name.
   *
   * @return as declared
   */
  String pool();

  /**
   * What the pool's workers are.
   *
   * @return the kind
   */
  PoolKind kind();

  /**
   * The worker's name.
   *
   * @return as {@code "io-2"}; of a worker node its address and the start of its id
   */
  String worker();

  /**
   * The process id of a worker JVM.
   *
   * @return empty for a thread and a worker node
   */
  OptionalLong pid();

  /**
   * When it happened.
   *
   * @return nanoseconds, as {@link System#nanoTime} counts, or the {@link Time} that the pools go
   *     by
   */
  long nanos();

  /**
   * Why the worker ended.
   *
   * @return for people, such as {@code "retired"} or {@code "was killed by signal 9"}; null when it
   *     started
   */
  @Nullable String reason();

  /**
   * Whether a worker JVM ended by itself, or a worker node without having said so.
   *
   * @return false for threads, and when it was told to end
   */
  boolean isCrash();
}
