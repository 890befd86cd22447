package dev.poolwright.annotation.wording;

import dev.poolwright.annotation.PoolKind;
import java.util.Collection;

/** What there is to say of a setting that was given to a pool of a kind that does not have it. */
public final class OtherKinds {

  private OtherKinds() {}

  /**
   * Joins the kinds.
   *
   * @param kinds those that have the setting, one or more
   * @return as in {@code "threads or processes"}
   */
  public static String of(Collection<PoolKind> kinds) {
    return Choice.of(kinds.stream().map(PoolKind::plural).toList());
  }

  /**
   * Why a kind does not have the setting, where that is not plain.
   *
   * @param kinds those that have it
   * @param kind one that does not
   * @return to follow the kind's name in a message; empty where there is no more to say
   */
  public static String whyNot(Collection<PoolKind> kinds, PoolKind kind) {
    return kind == PoolKind.VIRTUAL && kinds.contains(PoolKind.THREAD)
        ? ": each task starts its own, so none is idle"
        : "";
  }
}
