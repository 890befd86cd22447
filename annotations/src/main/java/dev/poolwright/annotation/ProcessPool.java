package dev.poolwright.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a pool of worker JVMs. It may stand on any type or package; the pool belongs to the
 * whole application, and may be declared more than once as long as explicit values agree.
 *
 * <p>Each setting can be set stronger in code, and strongest by the system property {@code
 * poolwright.pools.<name>.<setting>}, for instance {@code poolwright.pools.cpu.max-workers}.
 */
@Documented
@Repeatable(ProcessPool.List.class)
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.PACKAGE})
public @interface ProcessPool {

  /** The value of {@link #queueCapacity()} that lets the queue grow as far as memory does. */
  int UNBOUNDED = ThreadPool.UNBOUNDED;

  /**
   * The pool's name, also of the threads that drive its workers.
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
   * @return bytes, 1 or more, or 0 for an eighth of the parent's largest heap
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
   * How long an idle worker JVM is kept.
   *
   * @return {@code "500ms"}, {@code "5s"}, {@code "2m"} or ISO-8601
   */
  String keepAlive() default "5m";

  /**
   * How many worker JVMs are started with the pool; the others start when tasks need them.
   *
   * @return 0 to {@link #maxWorkers()}
   */
  int prestart() default 0;

  /**
   * Longest run of a task that sets no limit of its own, counted from its start in a worker JVM.
   *
   * @return {@code "500ms"}, {@code "5s"}, {@code "2m"} or ISO-8601; {@code ""} for no limit
   */
  String timeout() default "";

  /**
   * How long a cancelled or timed-out task may take to end after an interrupt, before its worker
   * JVM is killed. The task itself is done at once either way.
   *
   * @return {@code "500ms"}, {@code "5s"}, {@code "2m"} or ISO-8601; {@code ""} kills at once
   */
  String cancelGrace() default "";

  /**
   * How many tasks one worker JVM runs before a fresh one takes its place; an element of a batch
   * counts as a task.
   *
   * @return 1 or more, or 0 for no limit
   */
  int maxTasksPerWorker() default 0;

  /**
   * How often a call is run again whose worker JVM ended by itself, while it ran. It is for calls
   * that may run twice. What the method throws is an outcome and no reason to run it again; nor is
   * a time limit, a cancellation or a stop.
   *
   * @return 0 to 100
   */
  int retries() default 0;

  /**
   * Longest start of a worker JVM, the initializer included.
   *
   * @return {@code "500ms"}, {@code "5s"}, {@code "2m"} or ISO-8601
   */
  String startTimeout() default "30s";

  /**
   * How long a retired worker JVM may take to exit, with its shutdown hooks, before it is killed.
   *
   * @return {@code "500ms"}, {@code "5s"}, {@code "2m"} or ISO-8601
   */
  String exitTimeout() default "30s";

  /**
   * Further arguments for the worker JVMs, for instance {@code "-Xmx2g"}.
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
   * What starts the worker JVMs, where the application's Java has no {@code bin/java}, as an image
   * of jpackage.
   *
   * @return the path of a {@code java}; {@code ""} for that of the application
   */
  String java() default "";

  /**
   * Jars and folders of the worker JVMs, in the place of those that the application's own classes
   * come from; all that is needed, with this library. {@code "lib/*"} stands for all jars of a
   * folder; relative ones are relative to the application's working directory.
   *
   * @return in the order of the class path; none for where the application's own classes are
   */
  String[] classPath() default {};

  /**
   * What a worker JVM runs once, before its first task: a class with an accessible constructor
   * without parameters.
   *
   * @return the class; {@link Runnable} itself for none
   */
  Class<? extends Runnable> initializer() default Runnable.class;

  /**
   * Guice modules or, with Spring Boot's starter, Spring configurations that make, in a worker JVM,
   * the objects that calls run on. They are needed only for instance methods of classes without an
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
   * result and exception types and the classes of travelling lambdas are always allowed.
   *
   * @return patterns as {@code "com.example.**"}; none allows every class that the JVM-wide filter
   *     allows
   */
  String[] allow() default {};

  /**
   * Longest wait for the stack of a run that reached its time limit, which the {@code
   * TaskTimeoutException} then has. The worker JVM is killed in any case.
   *
   * @return as {@code "20ms"}; {@code ""} asks for no stack
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
   * Folder where reports of worker JVMs that crashed in native code are kept, readable by this user
   * alone.
   *
   * @return made when it is missing; empty for the working folder of this process
   */
  String crashFiles() default "";
}
