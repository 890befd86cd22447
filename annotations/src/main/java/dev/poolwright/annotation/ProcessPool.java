package dev.poolwright.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a pool of worker JVMs. The annotation may be placed on any type or package; the pool
 * belongs to the whole application, and may be declared more than once as long as explicit values
 * agree.
 *
 * <p>Configuration in code overrides each setting, and the system property {@code
 * poolwright.pools.<name>.<setting>} overrides both, for instance {@code
 * poolwright.pools.cpu.max-workers}.
 */
@Documented
@Repeatable(ProcessPool.List.class)
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.PACKAGE})
public @interface ProcessPool {

  /** The value of {@link #queueCapacity()} for a queue that only memory limits. */
  int UNBOUNDED = ThreadPool.UNBOUNDED;

  /**
   * The name of the pool. The threads that drive its workers are named after it.
   *
   * @return letters, digits, {@code _}, {@code -} and {@code .}; not empty
   */
  String name();

  /**
   * Maximum number of concurrently running tasks, each in a worker JVM of its own.
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
   * Maximum number of bytes of serialized arguments that wait for a worker; one payload always
   * fits.
   *
   * @return bytes, 1 or more, or 0 for an eighth of the parent's maximum heap size
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
   * How long an idle worker JVM is kept.
   *
   * @return {@code "500ms"}, {@code "5s"}, {@code "2m"} or ISO-8601
   */
  String keepAlive() default "5m";

  /**
   * Number of worker JVMs started together with the pool; the others start when tasks need them.
   *
   * @return 0 to {@link #maxWorkers()}
   */
  int prestart() default 0;

  /**
   * Maximum running time of a task that sets no limit of its own, counted from its start in a
   * worker JVM.
   *
   * @return {@code "500ms"}, {@code "5s"}, {@code "2m"} or ISO-8601; {@code ""} for no limit
   */
  String timeout() default "";

  /**
   * How long a cancelled or timed-out task may take to end after an interrupt before its worker JVM
   * is killed. Either way the task itself is done at once.
   *
   * @return {@code "500ms"}, {@code "5s"}, {@code "2m"} or ISO-8601; {@code ""} kills at once
   */
  String cancelGrace() default "";

  /**
   * Maximum number of tasks that one worker JVM runs before a fresh one replaces it; each element
   * of a batch counts as a task.
   *
   * @return 1 or more, or 0 for no limit
   */
  int maxTasksPerWorker() default 0;

  /**
   * How many times a call is run again when its worker JVM ended by itself while running it. Only
   * for calls that may safely run twice. An exception from the method is an outcome and does not
   * cause a retry; neither does a time limit, a cancellation or a stop.
   *
   * @return 0 to 100
   */
  int retries() default 0;

  /**
   * Maximum time a worker JVM may take to start, including its initializer.
   *
   * @return {@code "500ms"}, {@code "5s"}, {@code "2m"} or ISO-8601
   */
  String startTimeout() default "30s";

  /**
   * How long a retired worker JVM may take to exit, including its shutdown hooks, before it is
   * killed.
   *
   * @return {@code "500ms"}, {@code "5s"}, {@code "2m"} or ISO-8601
   */
  String exitTimeout() default "30s";

  /**
   * Additional arguments for the worker JVMs, for instance {@code "-Xmx2g"}.
   *
   * @return in command-line order
   */
  String[] jvmArgs() default {};

  /**
   * Environment variables of the worker JVMs, in addition to the parent's.
   *
   * @return each as {@code "NAME=value"}
   */
  String[] environment() default {};

  /**
   * The {@code java} command that starts the worker JVMs, for applications whose own runtime has no
   * {@code bin/java}, such as a jpackage image.
   *
   * @return its path; {@code ""} for the {@code java} of the application
   */
  String java() default "";

  /**
   * The class path of the worker JVMs, instead of that of the application: every jar and folder
   * they need, this library included. {@code "lib/*"} stands for all jars in a folder; relative
   * paths are resolved against the application's working directory.
   *
   * @return in class path order; empty for the class path of the application
   */
  String[] classPath() default {};

  /**
   * The initializer, which a worker JVM runs once, before its first task: a class with an
   * accessible constructor without parameters.
   *
   * @return the class; {@link Runnable} itself for none
   */
  Class<? extends Runnable> initializer() default Runnable.class;

  /**
   * Guice modules or, with the Spring Boot starter, Spring configurations that create the target
   * objects of calls in a worker JVM. Needed only for instance methods of classes that have no
   * accessible constructor without parameters.
   *
   * @return {@code com.google.inject.Module} classes with a constructor without parameters, or
   *     {@code @Configuration} classes
   */
  Class<?>[] modules() default {};

  /**
   * Maximum number of bytes of one serialized call or result.
   *
   * @return bytes, 1,024 to {@link Integer#MAX_VALUE} - 1,024
   */
  long payloadLimit() default 64L << 20;

  /**
   * Patterns of the classes that may be deserialized, in the syntax of {@link
   * java.io.ObjectInputFilter.Config#createFilter(String)}, without limits. Declared parameter,
   * result and exception types and the classes of lambdas sent to a worker JVM are always allowed.
   *
   * @return patterns such as {@code "com.example.**"}; empty allows every class that the JVM-wide
   *     filter allows
   */
  String[] allow() default {};

  /**
   * Maximum time to wait for the stack trace of a run that reached its time limit; the {@code
   * TaskTimeoutException} then has that stack trace. The worker JVM is killed in any case.
   *
   * @return a duration such as {@code "20ms"}; {@code ""} to ask for no stack trace
   */
  String stuckDump() default "20ms";

  /** Holds several {@link ProcessPool}s on one element. */
  @Documented
  @Retention(RetentionPolicy.CLASS)
  @Target({ElementType.TYPE, ElementType.PACKAGE})
  @interface List {
    /**
     * The declarations.
     *
     * @return in source order
     */
    ProcessPool[] value();
  }

  /**
   * Folder for the error reports of worker JVMs that crashed in native code; only this user can
   * read them.
   *
   * @return a path, created if missing; {@code ""} for the working directory of this process
   */
  String crashFiles() default "";
}
