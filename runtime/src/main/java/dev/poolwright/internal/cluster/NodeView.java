package dev.poolwright.internal.cluster;

import dev.poolwright.TaskView;
import dev.poolwright.WorkerView;
import dev.poolwright.internal.cluster.Nodes.Node;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A node as somebody looks at it.
 *
 * @param name of the node
 * @param startedNanos since when it takes calls of this pool
 * @param tasksTaken so far, of this pool
 * @param task one of those that it runs
 */
record NodeView(String name, long startedNanos, long tasksTaken, Optional<TaskView> task)
    implements WorkerView {

  static NodeView of(Node node, Map<String, TaskView> running) {
    Optional<TaskView> task = Optional.ofNullable(running.get(node.name()));
    return new NodeView(node.name(), node.sinceNanos(), node.tasks(), task);
  }

  /** It may be on another machine. */
  @Override
  public OptionalLong pid() {
    return OptionalLong.empty();
  }

  @Override
  public OptionalLong residentBytes() {
    return OptionalLong.empty();
  }
}
