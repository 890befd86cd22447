package dev.poolwright.internal.life;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceLoader;

/** Finds what libraries offer to the engine by the service loader, and what cannot be had of it. */
final class Services {

  /** A configuration that is broken at every step does not go on for ever. */
  private static final int MOST_FAILURES = 100;

  private Services() {}

  /** Those that can be made; why another cannot is logged, and that is all that comes of it. */
  static <S> List<S> find(Class<S> type, ClassLoader loader) {
    List<S> all = new ArrayList<>(0);
    Iterator<S> each = iterator(type, loader);
    int failures = 0;
    for (boolean isMore = true; isMore && failures < MOST_FAILURES; ) {
      try {
        isMore = each.hasNext();
        if (isMore) {
          all.add(each.next());
        }
      } catch (Throwable e) {
        failures++;
        Guard.log(Level.WARNING, "a " + type.getName() + " of the class path is left out", e);
      }
    }
    return all;
  }

  /** Those that code gave, and those found here that are of other classes. */
  static <S> List<S> with(List<S> given, Class<S> type, ClassLoader loader) {
    List<S> all = new ArrayList<>(given);
    for (S found : find(type, loader)) {
      if (given.stream().noneMatch(other -> other.getClass() == found.getClass())) {
        all.add(found);
      }
    }
    return all;
  }

  /** Asked for here, where the module that {@code uses} them is. */
  private static <S> Iterator<S> iterator(Class<S> type, ClassLoader loader) {
    return ServiceLoader.load(type, loader).iterator();
  }
}
