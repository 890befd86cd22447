package dev.poolwright.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a pool of threads. The annotation may be placed on any type or package; the pool belongs
 * to the whole application, and may be declared more than once as long as explicit values agree.
 *
 * <p>Configuration in code overrides each setting, and the system property {@code
 * poolwright.pools.<name>.<setting>} overrides both, for instance {@code
 * poolwright.pools.io.max-workers}.
 */
@Documented
@Repeatable(ThreadPool.List.class)
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.PACKAGE})
public @interface ThreadPool {

  /** The value of {@link #queueCapacity()} for a queue that only memory limits. */
  int UNBOUNDED = Integer.MAX_VALUE;

  /**
   * The name of the pool. Its threads are named after it: {@code io-1}, {@code io-2}.
   *
   * @return letters, digits, {@code _}, {@code -} and {@code .}; not empty
   */
  String name();

  /**
   * Maximum number of concurrently running tasks.
   *
   * @return 1 to 1,024, or 0 for the number of CPUs
   */
  int maxWorkers() default 0;

  /**
   * Maximum number of tasks that wait for a worker.
   *
   * @return 0 or more, or {@link #UNBOUNDED}
   */
  int queueCapacity() default 1_024;

  /**
   * The policy for a submit when every worker is busy and the queue is full.
   *
   * @return the saturation policy
   */
  SaturationPolicy whenSaturated() default SaturationPolicy.BLOCK;

  /**
   * How long an idle worker is kept.
   *
   * @return {@code "500ms"}, {@code "5s"}, {@code "2m"} or ISO-8601
   */
  String keepAlive() default "60s";

  /**
   * Number of workers started together with the pool; the others start when tasks need them.
   *
   * @return 0 to {@link #maxWorkers()}
   */
  int prestart() default 0;

  /**
   * Maximum running time of a task that sets no limit of its own, counted from its start on a
   * worker.
   *
   * @return {@code "500ms"}, {@code "5s"}, {@code "2m"} or ISO-8601; {@code ""} for no limit
   */
  String timeout() default "";

  /** Holds several {@link ThreadPool}s on one element. */
  @Documented
  @Retention(RetentionPolicy.CLASS)
  @Target({ElementType.TYPE, ElementType.PACKAGE})
  @interface List {
    /**
     * The declarations.
     *
     * @return in source order
     */
    ThreadPool[] value();
  }
}
