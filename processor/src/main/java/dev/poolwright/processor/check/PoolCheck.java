package dev.poolwright.processor.check;

import dev.poolwright.processor.model.AnnotatedType;
import dev.poolwright.processor.model.Problems;
import dev.poolwright.processor.read.DeclaredPools;
import java.util.List;
import javax.lang.model.SourceVersion;

/** A check that needs to know every pool. Runs once, in the last round. */
public interface PoolCheck {

  /** All of them, in the order of their messages. */
  static List<PoolCheck> all(TravelCheck travel, PoolMentions mentions, SourceVersion source) {
    return List.of(
        new UnknownPools(),
        new PoolConflicts(),
        new Prestarts(),
        new PoolTravel(travel),
        new PoolRuns(source),
        new UnboundedQueues(),
        new UnusedPools(mentions));
  }

  /**
   * Reports what is wrong.
   *
   * @param pools of this compilation and the class path
   * @param types the classes of this compilation that have {@code @Async} methods
   */
  void check(DeclaredPools pools, List<AnnotatedType> types, Problems problems);
}
