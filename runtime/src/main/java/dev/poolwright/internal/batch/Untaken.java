package dev.poolwright.internal.batch;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The elements of a batch that were not handed out yet. In input order until somebody asks for
 * those that have ended; from then on it can tell which those are.
 *
 * <p><b>Threads:</b> guarded by the lock of the feed, but for the lot at hand: that one belongs to
 * the thread that iterates, which so takes the lock once for each lot.
 *
 * @param <R> the result of one element
 */
final class Untaken<R extends @Nullable Object> {

  private final ArrayDeque<List<ElementTask<R>>> lots = new ArrayDeque<>();
  private int inLots;

  // The lot at hand, emptied from the front.
  private List<@Nullable ElementTask<R>> atHand = List.of();
  private int taken;

  // Handed out before they were done, and not done yet.
  private int outside;

  // Once somebody asked for those that have ended: all, and in the order of their end.
  private @Nullable Set<ElementTask<R>> all;
  private final Set<ElementTask<R>> byEnd = new LinkedHashSet<>();

  public int size() {
    return all == null ? atHand.size() - taken + inLots : all.size();
  }

  /** Elements that count against the buffer of a batch which the thread that iterates feeds. */
  long inBuffer() {
    return size() + (long) outside;
  }

  /** An element was handed out before it was done. */
  void wentOutside() {
    outside++;
  }

  /** Such an element is done. */
  void outsideEnded() {
    outside--;
  }

  /** Adds elements, whose list nobody else uses. */
  void add(List<ElementTask<R>> lot) {
    if (all == null) {
      lots.add(lot);
      inLots += lot.size();
    } else {
      lot.forEach(this::watch);
    }
  }

  private void watch(ElementTask<R> element) {
    if (all != null) {
      all.add(element);
    }
    if (element.isDone()) {
      byEnd.add(element);
    }
  }

  boolean hasAtHand() {
    return taken < atHand.size();
  }

  /** The first of the lot at hand; null when that is empty. */
  @Nullable ElementTask<R> pollAtHand() {
    return hasAtHand() ? atHand.set(taken++, null) : null;
  }

  /** The first in input order; null when there is none. */
  @Nullable ElementTask<R> pollFirst() {
    if (all != null) {
      ElementTask<R> first = pollFrom(all);
      byEnd.remove(first);
      return first;
    }
    if (!hasAtHand()) {
      nextLot();
    }
    return pollAtHand();
  }

  @SuppressWarnings("NullAway") // Places that were emptied are never looked at.
  private void nextLot() {
    List<ElementTask<R>> next = lots.poll();
    atHand = next == null ? List.of() : next;
    inLots -= atHand.size();
    taken = 0;
  }

  /** From now on {@link #ended} is to be called for each element that ends. */
  void watchEnds() {
    if (all == null) {
      Set<ElementTask<R>> inOrder = new LinkedHashSet<>();
      for (ElementTask<R> next; (next = pollFirst()) != null; ) {
        inOrder.add(next);
      }
      all = inOrder;
      inOrder.forEach(this::watch);
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
    lots.clear();
    inLots = 0;
    atHand = List.of();
    taken = 0;
    byEnd.clear();
    if (all != null) {
      all.clear();
    }
  }
}
