package dev.poolwright.annotation.wording;

import dev.poolwright.annotation.PoolKind;
import java.util.Collection;

/** Texts for messages about a setting that the kind of its pool does not have. */
public final class OtherKinds {

  private OtherKinds() {}

  /**
   * Joins the names of kinds.
   *
   * @param kinds the kinds that have the setting, one or more
   * @return text such as {@code "threads or processes"}
   */
  public static String of(Collection<PoolKind> kinds) {
    return Choice.of(kinds.stream().map(PoolKind::plural).toList());
  }

  /**
   * The reason why a kind does not have the setting, if it is not obvious.
   *
   * @param kinds the kinds that have it
   * @param kind a kind that does not
   * @return text that follows the name of the kind in a message; empty if there is nothing to add
   */
  public static String whyNot(Collection<PoolKind> kinds, PoolKind kind) {
    return kind == PoolKind.VIRTUAL && kinds.contains(PoolKind.THREAD)
        ? ": each task starts its own, so none is idle"
        : "";
  }
}
