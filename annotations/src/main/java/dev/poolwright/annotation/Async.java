package dev.poolwright.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method callable on a pool: for a class {@code Crawler} the processor generates {@code
 * AsyncCrawler}, whose method of the same name submits the call and returns a {@code Task} at once.
 * The method itself keeps its natural signature, and calling it directly still runs it on the
 * calling thread.
 *
 * <p>On a type it applies to all its non-private methods, except those of {@link Object}, record
 * accessors, {@code main} and callbacks; an annotation on a method replaces that of its type.
 *
 * <p><b>Shape:</b> the method may be static, generic, variable-arity, inherited, and may throw
 * checked exceptions; it must not be private. A method that returns a {@link
 * java.util.concurrent.CompletionStage} gives a task with the stage's own result.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Async {

  /** The value of {@link #batch()} for no batch method. */
  String NONE = "-";

  /**
   * Name of the pool that runs the calls. The pool {@code "default"} is always declared; any other
   * is declared by {@link #maxWorkers()} or {@link #kind()} here, or by {@link ThreadPool}, {@link
   * VirtualPool}, {@link ProcessPool} or {@link ClusterPool} anywhere on the class path.
   *
   * @return the name of a pool; not empty
   */
  String pool() default "default";

  /**
   * Maximum number of concurrently running tasks of the pool. Given here, it declares the pool; two
   * declarations of one pool that differ are a compile error.
   *
   * @return 1 to 1,024, or 0 for the number of CPUs; where {@link #kind()} is given as {@code
   *     VIRTUAL}, 1 to 1,000,000, or 0 for 256; as {@code CLUSTER}, 1 to 10,000, or 0 for 256
   */
  int maxWorkers() default 0;

  /**
   * The kind of the pool's workers. Given here, even as {@code THREAD}, it declares the pool to be
   * of that kind. Left out, it agrees with whatever kind is declared elsewhere; a pool declared
   * without a kind has threads.
   *
   * @return threads or virtual threads of this JVM, worker JVMs, or the worker nodes of a cluster
   */
  PoolKind kind() default PoolKind.THREAD;

  /**
   * Maximum running time of one call, counted from its start on a worker. At the limit the task
   * fails with a {@code TaskTimeoutException}; a thread is interrupted, including one on a worker
   * node, and a worker JVM is killed.
   *
   * @return {@code "500ms"}, {@code "5s"}, {@code "2m"} or ISO-8601; {@code ""} leaves it to the
   *     pool
   */
  String timeout() default "";

  /**
   * How many times a call is run again when its worker JVM or node ended by itself before the
   * result arrived: it crashed, was killed from outside, or cannot be reached. Only for methods
   * that may safely run twice. An exception from the method is an outcome and does not cause a
   * retry; neither does a time limit, a cancellation or a stop. Each attempt gets the full {@link
   * #timeout()}, and callbacks run once, after the last attempt. Pools of threads always run a call
   * once.
   *
   * @return 0 to 100; if left out, the pool's setting applies
   */
  int retries() default 0;

  /**
   * Name of the generated method that maps this one over many inputs.
   *
   * @return a method name; {@code ""} for this method's name with {@code All}; {@link #NONE} for no
   *     batch method
   */
  String batch() default "";
}
