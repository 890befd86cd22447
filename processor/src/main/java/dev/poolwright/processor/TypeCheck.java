package dev.poolwright.processor;

import java.util.List;

/**
 * A check that one class alone answers. Runs when the class is read, before its proxy is written.
 */
interface TypeCheck {

  /** All of them, in the order of their messages. */
  List<TypeCheck> ALL = List.of(new SettingCheck(), new ForeignAnnotations());

  /** Reports what is wrong. */
  void check(AnnotatedType type, Diagnostics diagnostics);
}
