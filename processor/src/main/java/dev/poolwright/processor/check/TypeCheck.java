package dev.poolwright.processor.check;

import dev.poolwright.processor.model.AnnotatedType;
import dev.poolwright.processor.model.Problems;
import java.util.List;

/**
 * A check that one class alone answers. Runs when the class is read, before its proxy is written.
 */
public interface TypeCheck {

  /** All of them, in the order of their messages. */
  List<TypeCheck> ALL = List.of(new SettingCheck(), new ForeignAnnotations());

  /** Reports what is wrong. */
  void check(AnnotatedType type, Problems problems);
}
