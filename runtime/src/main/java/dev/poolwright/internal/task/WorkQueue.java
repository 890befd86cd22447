package dev.poolwright.internal.task;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * First-in-first-out queue of tasks, linked through the tasks themselves, so that one can leave
 * from the middle in constant time. A task is in one queue at a time. Guarded by whose it is.
 */
public final class WorkQueue {

  private @Nullable PoolTask<?> head;
  private @Nullable PoolTask<?> tail;
  private int size;

  public int size() {
    return size;
  }

  public void add(PoolTask<?> task) {
    PoolTask<?> last = tail;
    task.previous = last;
    task.isQueued = true;
    if (last == null) {
      head = task;
    } else {
      last.next = task;
    }
    tail = task;
    size++;
  }

  public @Nullable PoolTask<?> poll() {
    PoolTask<?> first = head;
    if (first != null) {
      unlink(first);
    }
    return first;
  }

  /** Takes a task out, wherever it stands; false when it is not in the queue. */
  public boolean remove(PoolTask<?> task) {
    if (!task.isQueued) {
      return false;
    }
    unlink(task);
    return true;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  public List<PoolTask<?>> toList() {
    List<PoolTask<?>> all = new ArrayList<>(size);
    for (PoolTask<?> task = head; task != null; task = task.next) {
      all.add(task);
    }
    return all;
  }

  private void unlink(PoolTask<?> task) {
    PoolTask<?> before = task.previous;
    PoolTask<?> after = task.next;
    if (before == null) {
      head = after;
    } else {
      before.next = after;
    }
    if (after == null) {
      tail = before;
    } else {
      after.previous = before;
    }
    task.previous = null;
    task.next = null;
    task.isQueued = false;
    size--;
  }
}
