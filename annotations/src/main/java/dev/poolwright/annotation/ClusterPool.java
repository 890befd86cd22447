package dev.poolwright.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a pool whose calls run on the worker nodes of a cluster, which are started separately:
 * {@code java -cp ... dev.poolwright.hazelcast.WorkerNode}. Requires {@code poolwright-hazelcast}
 * on the class path. The annotation may be placed on any type or package; the pool belongs to the
 * whole application, and may be declared more than once as long as explicit values agree.
 *
 * <p>A call runs at most once, unless {@link #retries()} says otherwise: when its node is lost and
 * the call may have run there, it fails.
 *
 * <p>Configuration in code overrides each setting, and the system property {@code
 * poolwright.pools.<name>.<setting>} overrides both, for instance {@code
 * poolwright.pools.render.cluster}.
 */
@Documented
@Repeatable(ClusterPool.List.class)
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.PACKAGE})
public @interface ClusterPool {

  /** The value of {@link #queueCapacity()} for a queue that only memory limits. */
  int UNBOUNDED = ThreadPool.UNBOUNDED;

  /**
   * The name of the pool, here and on the nodes.
   *
   * @return letters, digits, {@code _}, {@code -} and {@code .}; not empty
   */
  String name();

  /**
   * The cluster whose nodes are the workers.
   *
   * @return the cluster name that the nodes are started with; not blank
   */
  String cluster() default "poolwright";

  /**
   * Maximum number of calls from this JVM that run on the nodes concurrently, however many places
   * the nodes have.
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
   * @return bytes, 1 or more, or 0 for an eighth of the maximum heap size
   */
  long queueBytes() default 0;

  /**
   * The policy for a submit when every worker is busy and the queue is full. {@link
   * SaturationPolicy#CALLER_RUNS} is only for pools of threads and of virtual threads.
   *
   * @return the saturation policy
   */
  SaturationPolicy whenSaturated() default SaturationPolicy.BLOCK;

  /**
   * Maximum running time of a task that sets no limit of its own, counted from when it is sent to a
   * node.
   *
   * @return {@code "500ms"}, {@code "5s"}, {@code "2m"} or ISO-8601; {@code ""} for no limit
   */
  String timeout() default "";

  /**
   * How long a task waits for a node when there is none at all, before it fails.
   *
   * @return {@code "500ms"}, {@code "5s"}, {@code "2m"} or ISO-8601
   */
  String noWorkerTimeout() default "30s";

  /**
   * How many times a call is run again when its node was lost and the call ran there or may have
   * run. Only for calls that may safely run twice. An exception from the method is an outcome and
   * does not cause a retry; neither does a time limit, a cancellation or a stop.
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
   * Patterns of the classes that results may contain, in the syntax of {@link
   * java.io.ObjectInputFilter.Config#createFilter(String)}, without limits. Declared result and
   * exception types are always allowed. The classes that calls may contain are configured where a
   * node is started.
   *
   * @return patterns such as {@code "com.example.**"}; empty allows every class that the JVM-wide
   *     filter allows
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
