package dev.poolwright.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a pool whose calls run on the worker nodes of a cluster, started by others: {@code java
 * -cp ... dev.poolwright.hazelcast.WorkerNode}. It needs {@code poolwright-hazelcast} on the class
 * path. It may stand on any type or package; the pool belongs to the whole application, and may be
 * declared more than once as long as explicit values agree.
 *
 * <p>A call runs at most once, unless {@link #retries()} says otherwise: one that may have run on a
 * node that was lost fails.
 *
 * <p>Each setting can be set stronger in code, and strongest by the system property {@code
 * poolwright.pools.<name>.<setting>}, for instance {@code poolwright.pools.render.cluster}.
 */
@Documented
@Repeatable(ClusterPool.List.class)
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.PACKAGE})
public @interface ClusterPool {

  /** The value of {@link #queueCapacity()} that lets the queue grow as far as memory does. */
  int UNBOUNDED = ThreadPool.UNBOUNDED;

  /**
   * The pool's name, here and on the nodes.
   *
   * @return letters, digits, {@code _}, {@code -} and {@code .}; not empty
   */
  String name();

  /**
   * The cluster whose nodes are the workers.
   *
   * @return its name, as the nodes are started with; not blank
   */
  String cluster() default "poolwright";

  /**
   * Maximum number of calls of this JVM that nodes run at one time, however many places those have.
   *
   * @return 1 to 10,000, or 0 for 256
   */
  int maxWorkers() default 0;

  /**
   * Maximum number of tasks that wait for a worker.
   *
   * @return 0 or more, or {@link #UNBOUNDED}
   */
  int queueCapacity() default 1_024;

  /**
   * Maximum number of bytes of serialized arguments that wait for a worker; one payload always
   * fits.
   *
   * @return bytes, 1 or more, or 0 for an eighth of the largest heap
   */
  long queueBytes() default 0;

  /**
   * What submit does when every worker is busy and the queue is full. {@link
   * SaturationPolicy#CALLER_RUNS} is for pools of this JVM only, of threads or virtual threads.
   *
   * @return the saturation policy
   */
  SaturationPolicy whenSaturated() default SaturationPolicy.BLOCK;

  /**
   * Longest run of a task that sets no limit of its own, counted from when it is sent to a node.
   *
   * @return {@code "500ms"}, {@code "5s"}, {@code "2m"} or ISO-8601; {@code ""} for no limit
   */
  String timeout() default "";

  /**
   * How long a task waits while there is no node at all, before it fails.
   *
   * @return {@code "500ms"}, {@code "5s"}, {@code "2m"} or ISO-8601
   */
  String noWorkerTimeout() default "30s";

  /**
   * How often a call is run again whose node was lost, while it ran or may have run. It is for
   * calls that may run twice. What the method throws is an outcome and no reason to run it again;
   * nor is a time limit, a cancellation or a stop.
   *
   * @return 0 to 100
   */
  int retries() default 0;

  /**
   * Maximum number of bytes of one serialized call or result.
   *
   * @return bytes, 1,024 to {@link Integer#MAX_VALUE} - 1,024
   */
  long payloadLimit() default 64L << 20;

  /**
   * Patterns of the classes that results may have, in the syntax of {@link
   * java.io.ObjectInputFilter.Config#createFilter(String)}, without limits. Declared result and
   * exception types are always allowed. What calls may carry is said where a node is started.
   *
   * @return patterns as {@code "com.example.**"}; none allows every class that the JVM-wide filter
   *     allows
   */
  String[] allow() default {};

  /** Holds several {@link ClusterPool}s on one element. */
  @Documented
  @Retention(RetentionPolicy.CLASS)
  @Target({ElementType.TYPE, ElementType.PACKAGE})
  @interface List {
    /**
     * The declarations.
     *
     * @return in source order
     */
    ClusterPool[] value();
  }
}
