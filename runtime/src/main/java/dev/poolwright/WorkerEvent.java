package dev.poolwright;

import dev.poolwright.annotation.PoolKind;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The facts about a worker that a {@link PoolListener} receives.
 *
 * <p>Implemented by Poolwright only; later versions may add methods.
 *
 * <p><b>Shape:</b> immutable.
 */
@SuppressWarnings("exports") // an annotation that nobody else need have
public interface WorkerEvent {

  /**
   * The name of the pool.
   *
   * @return the name as declared
   */
  String pool();

  /**
   * The kind of the pool's workers.
   *
   * @return the kind
   */
  PoolKind kind();

  /**
   * The name of the worker.
   *
   * @return a name such as {@code "io-2"}; for a worker node, its address and the start of its id
   */
  String worker();

  /**
   * The process id of a worker JVM.
   *
   * @return empty for a thread and a worker node
   */
  OptionalLong pid();

  /**
   * The time of the event.
   *
   * @return nanoseconds on the clock of {@link System#nanoTime}, or of the {@link Time} given to
   *     the pools
   */
  long nanos();

  /**
   * The reason why the worker ended.
   *
   * @return text for people, such as {@code "retired"} or {@code "was killed by signal 9"}; null if
   *     it started
   */
  @Nullable String reason();

  /**
   * Whether a worker JVM ended by itself, or a worker node was lost.
   *
   * @return false for threads, and if the worker was told to end
   */
  boolean isCrash();
}
