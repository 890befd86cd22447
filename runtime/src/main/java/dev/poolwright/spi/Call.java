package dev.poolwright.spi;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * One invocation of an annotated method as data: a generated record of its arguments. The same
 * record runs on a thread and in a worker JVM.
 *
 * <p><b>Shape:</b> it has no method without parameters, since those would clash with record
 * components.
 *
 * @param <T> the class that has the method
 * @param <R> the result of its task: what the method returns or, if it returns a stage, the stage's
 *     own result
 */
public interface Call<T, R extends @Nullable Object> extends Serializable {

  /**
   * Makes the call.
   *
   * @param target what it runs on; null for a static method, which does not look at it
   * @return what the method returned, which may be a stage of the result; null for a void one
   * @throws Throwable what the method threw
   */
  @Nullable Object on(T target) throws Throwable;

  /**
   * The object that this call runs on in a worker JVM. Generated code overrides it where the class
   * has an accessible constructor without parameters.
   *
   * @param targets those of the worker JVM
   * @return one for each class and worker JVM
   * @throws Throwable what its constructor threw
   */
  default T target(Targets<T> targets) throws Throwable {
    return targets.injected();
  }
}
