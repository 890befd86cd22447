package dev.poolwright.processor.write;

import dev.poolwright.processor.model.AnnotatedType;
import dev.poolwright.processor.model.AsyncMethod;
import java.util.Optional;

/** Says whether the arguments and the result of a method can cross to a worker JVM. */
public interface TravelVerdict {

  /**
   * The path to what cannot cross, as {@code "result Summary.owner: Thread"}; empty when all can.
   */
  Optional<String> problem(AnnotatedType type, AsyncMethod method);
}
