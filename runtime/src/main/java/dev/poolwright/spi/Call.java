package dev.poolwright.spi;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * One invocation of an annotated method as data: a generated record of its arguments. The same
 * record runs on a thread and in a worker JVM.
 *
 * <p><b>Shape:</b> no method is without parameters, since it could clash with a record component.
 *
 * @param <T> the class that has the method
 * @param <R> the result of its task: the result of the method or, if that is a stage, the result of
 *     the stage
 */
public interface Call<T, R extends @Nullable Object> extends Serializable {

  /**
   * Calls the method.
   *
   * @param target the object to call it on; null for a static method, which ignores it
   * @return the result of the method, which may be a stage; null for a void method
   * @throws Throwable the exception that the method threw
   */
  @Nullable Object on(T target) throws Throwable;

  /**
   * The object that this call runs on in a worker JVM. Generated code overrides this method if the
   * class has an accessible constructor without parameters.
   *
   * @param targets the targets of the worker JVM
   * @return one object for each class and worker JVM
   * @throws Throwable the exception that its constructor threw
   */
  default T target(Targets<T> targets) throws Throwable {
    return targets.injected();
  }
}
