package dev.poolwright.internal.task;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The elements of a batch that were not handed out yet. In input order until somebody asks for
 * those that have ended; from then on it can tell which those are. Guarded by the lock of the feed.
 *
 * @param <R> the result of one element
 */
final class Untaken<R extends @Nullable Object> {

  private ArrayDeque<ElementTask<R>> inOrder = new ArrayDeque<>();

  // Once somebody asked for those that have ended: all, and in the order of their end.
  private @Nullable Set<ElementTask<R>> all;
  private final Set<ElementTask<R>> byEnd = new LinkedHashSet<>();

  int size() {
    return all == null ? inOrder.size() : all.size();
  }

  void add(List<ElementTask<R>> elements) {
    if (all == null) {
      inOrder.addAll(elements);
      return;
    }
    for (ElementTask<R> element : elements) {
      all.add(element);
      if (element.isDone()) {
        byEnd.add(element);
      }
    }
  }

  /** The first in input order. */
  @Nullable ElementTask<R> pollFirst() {
    if (all == null) {
      return inOrder.pollFirst();
    }
    ElementTask<R> first = pollFrom(all);
    if (first != null) {
      byEnd.remove(first);
    }
    return first;
  }

  /** From now on {@link #ended} is to be called for each element that ends. */
  void watchEnds() {
    if (all == null) {
      all = new LinkedHashSet<>(inOrder);
      for (ElementTask<R> element : inOrder) {
        if (element.isDone()) {
          byEnd.add(element);
        }
      }
      inOrder = new ArrayDeque<>();
    }
  }

  /** An element has ended; it may have been known to. */
  void ended(ElementTask<?> element) {
    if (all != null && all.contains(element)) {
      @SuppressWarnings("unchecked") // It is one of this batch.
      ElementTask<R> mine = (ElementTask<R>) element;
      byEnd.add(mine);
    }
  }

  /** The one that ended first; null when none of them has. */
  @Nullable ElementTask<R> pollEnded() {
    ElementTask<R> first = pollFrom(byEnd);
    if (first != null && all != null) {
      all.remove(first);
    }
    return first;
  }

  private static <E> @Nullable E pollFrom(Set<E> elements) {
    Iterator<E> iterator = elements.iterator();
    if (!iterator.hasNext()) {
      return null;
    }
    E first = iterator.next();
    iterator.remove();
    return first;
  }

  void clear() {
    inOrder.clear();
    byEnd.clear();
    if (all != null) {
      all.clear();
    }
  }
}
