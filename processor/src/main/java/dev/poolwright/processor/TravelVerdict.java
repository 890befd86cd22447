package dev.poolwright.processor;

import java.util.Optional;

/** Says whether the arguments and the result of a method can cross to a worker JVM. */
interface TravelVerdict {

  /**
   * The path to what cannot cross, as {@code "result Summary.owner: Thread"}; empty when all can.
   */
  Optional<String> problem(AnnotatedType type, AsyncMethod method);
}
